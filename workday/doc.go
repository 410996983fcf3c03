// Package workday 工作日历 knows which days Chinese public offices work, and reckons limits on them.
//
// It manages calendar days, the yearly holiday lists of the State Council, office hours, limits
// (「7个工作日」「当日」「半日」) and the instants they fall due. It does not run clocks: pausing, warning and
// escalating belong to whoever owns the matter; here an instant and a limit go in, an instant comes out.
//
// Invariants:
//   - A [Calendar] never changes; [Calendar.With] gives a new one. It may be shared by any number of goroutines.
//   - The day on which a limit starts is not counted; the last day ends at the close of office.
//   - A result that touched a year without an official list says so ([Due.Provisional], 「按法定节日推算」) and is
//     never passed off as official (OA-31).
package workday
