package db

import "time"

// Hurry makes us give a silent server up sooner and gives the way back to what was.
func Hurry(patience time.Duration) (back func()) {
	was := pgPatience
	pgPatience = patience
	return func() { pgPatience = was }
}

// LostConnection is how an answer that did not come is told from one that refuses.
func LostConnection(err error) bool { return lostConnection(err) }
