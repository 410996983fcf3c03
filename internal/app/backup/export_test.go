package backup

// SealOf lets a test forge a list.
var SealOf = sealOf
