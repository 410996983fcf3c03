package file

import "time"

// Hurry makes us give a silent storage up sooner and gives the way back to what was.
func Hurry(patience time.Duration) (back func()) {
	was := bucketPatience
	bucketPatience = patience
	return func() { bucketPatience = was }
}

// HurryTries shortens how long a place may take to answer a try; what it returns sets it back.
func HurryTries(to time.Duration) (back func()) {
	was := probePatience
	probePatience = to
	return func() { probePatience = was }
}
