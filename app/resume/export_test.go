package resume

// Limits, for the tests.
const (
	HandoffTTL        = handoffTTL
	DeviceAttempts    = deviceAttempts
	NetworkAttempts   = networkAttempts
	AllAttempts       = allAttempts
	MaxRequests       = maxRequests
	MaxProvenListed   = maxProvenListed
	MaxUnprovenListed = maxUnprovenListed
	DrainTime         = drainTime
	Batch             = batch
)
