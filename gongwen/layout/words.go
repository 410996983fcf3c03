package layout

// wordInside tells for every place in a title whether it lies inside a word.
func wordInside(title []rune) []bool {
	inside := make([]bool, len(title)+1)
	return inside
}
