package demo

import "slices"

// The documents of the week that count among the figures of November.
const (
	registeredInWeek = 6 // S-IN-01, 02, 03, 05, 06, 08
	issuedInWeek     = 2 // S-OUT-01, 05
)

// week gives the matters that the sample office is in the middle of.
func (s *stage) week() []deed {
	return slices.Concat(s.incomingWeek(), s.outgoingWeek(), s.out06().deeds, s.moreWeek(), s.affairsWeek(), s.leadersWeek(), s.logisticsWeek(),
		s.moneyWeek(), s.reportsWeek(), s.archiveWeek(), s.secrecyWeek(), s.noticesWeek(), s.transmissionWeek())
}

// said writes the deeds of a matter of the week at the sample's own moments.
type said struct {
	plan
	days days
}

func (s *stage) tell(matter string) *said { return &said{plan{matter: matter}, s.days} }

func (s *said) starts(at, who, kind string, f fields) *said {
	s.begin(s.days.on(at), who, kind, s.days.dated(f, s.days.on(at)))
	return s
}

func (s *said) then(at, who, action string, f fields, opinion ...string) *said {
	when := s.days.on(at)
	spoken := make([]string, len(opinion))
	for i, o := range opinion {
		spoken[i] = s.days.prose(o, when)
	}
	s.do(when, who, action, s.days.dated(f, when), spoken...)
	return s
}
