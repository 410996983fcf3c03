// Package demo 样例机关 fills an empty office with an invented county, its people and its year of work, and empties
// it again when a real unit takes over.
//
// It manages the sample rows only: who there is, what they did and when. It knows no rule of the office: every
// matter is begun and handled through the engine by somebody who may, at the moment it is said to have happened, so
// the journal of the sample is as good as a real one. Invariant: the same day and password give the same office,
// and Clear leaves nothing of it behind but the journal's own proof that it was cleared.
package demo
