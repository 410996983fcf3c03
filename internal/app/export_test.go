package app

// FindPlace is as if the place of the attachments had just been tried.
func FindPlace(a *App, err error) { a.place.take(err) }
