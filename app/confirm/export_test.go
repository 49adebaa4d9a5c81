package confirm

import (
	"time"

	"joinery/app/member"
)

// Numbers that tests count with.
const (
	ConfirmDelay  = confirmDelay
	ScannerWindow = scannerWindow
	MaxAttempts   = maxAttempts
	ClearBatch    = clearBatch
	SelectorSize  = selectorSize
)

// CodeDigest returns what is stored of the code of an application.
func CodeDigest(application, code string) string { return codeDigest(application, code) }

// CorrectionKey returns the key of the draft that corrects what was submitted from
// the draft with the given key.
func CorrectionKey(key string) string { return correctionKey(key) }

// Found returns the application and the link that l was found with.
func (l Link) Found() member.ApplicationLink { return l.found }

// ExpiresAt returns when the time of l is over.
func (l Link) ExpiresAt() time.Time { return l.found.Link.ExpiresAt }
