package resume

// Limits, for the tests.
const (
	HandoffTTL      = handoffTTL
	DeviceAttempts  = deviceAttempts
	NetworkAttempts = networkAttempts
	MaxRequests     = maxRequests
	MaxDraftsListed = maxDraftsListed
	DrainTime       = drainTime
	Batch           = batch
)
