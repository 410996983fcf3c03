package file

import "time"

// Hurry makes us give a silent storage up sooner and gives the way back to what was.
func Hurry(patience time.Duration) (back func()) {
	was := bucketPatience
	bucketPatience = patience
	return func() { bucketPatience = was }
}
