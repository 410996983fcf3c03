package demo

import "slices"

// The documents of the week that count among the figures of November.
const (
	registeredInWeek = 6 // S-IN-01, 02, 03, 05, 06, 08
	issuedInWeek     = 2 // S-OUT-01, 05
)

// week gives the matters that the sample office is in the middle of (sample-office.md 5).
func (s *stage) week() []deed {
	return slices.Concat(s.incomingWeek(), s.outgoingWeek(), s.out06().deeds, s.moreWeek(), s.affairsWeek(), s.logisticsWeek())
}

// said writes the deeds of a matter of the week at the sample's own moments.
type said struct {
	plan
	days days
}

func (s *stage) tell(matter string) *said { return &said{plan{matter: matter}, s.days} }

func (s *said) starts(at, who, kind string, f fields) *said {
	s.begin(s.days.on(at), who, kind, f)
	return s
}

func (s *said) then(at, who, action string, f fields, opinion ...string) *said {
	s.do(s.days.on(at), who, action, f, opinion...)
	return s
}
