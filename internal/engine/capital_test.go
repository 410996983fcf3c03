package engine

import "testing"

func TestCapital(t *testing.T) {
	for amount, want := range map[float64]string{
		2000: "贰仟元整", 105.6: "壹佰零伍元陆角整", 10: "壹拾元整", 0.05: "伍分", 0: "", 1.01: "壹元零壹分", 10001: "壹万零壹元整",
		1234567.89: "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", 100000: "壹拾万元整", 100000010: "壹亿零壹拾元整", 20300: "贰万零叁佰元整", 440: "肆佰肆拾元整",
	} {
		if got := capital(amount); got != want {
			t.Errorf("%v: %s, want %s", amount, got, want)
		}
	}
}

func TestCapitalNumber(t *testing.T) {
	for n, want := range map[float64]string{3: "叁", 15: "壹拾伍", 30: "叁拾", 105: "壹佰零伍", 0: "", -1: "", 1.5: "", 1e12: ""} {
		if got := capitalNumber(n); got != want {
			t.Errorf("%v: %s, want %s", n, got, want)
		}
	}
}
