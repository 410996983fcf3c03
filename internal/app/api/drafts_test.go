package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/chengqi-oa/chengqi/internal/app/apptest"
)

func Test_有密级标志的草稿也不存(t *testing.T) { // SEC-09
	o := apptest.Open(t)
	v := enter(t, o, "3302")
	v.do(http.MethodPut, "/drafts/form", map[string]string{"body": "做好供暖工作"}, http.StatusOK)
	v.do(http.MethodPut, "/drafts/form", map[string]string{"body": "机密★5年 某件"}, http.StatusUnprocessableEntity)
	v.do(http.MethodPut, "/drafts/form", json.RawMessage(`{"body":"\u673a\u5bc6\u26055\u5e74"}`), http.StatusUnprocessableEntity)
	if kept := string(v.do(http.MethodGet, "/drafts/form", nil, http.StatusOK)); !strings.Contains(kept, "做好供暖工作") || strings.Contains(kept, "★") {
		t.Errorf("草稿里是%s", kept)
	}
}
