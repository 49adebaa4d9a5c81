//go:build e2e && shots

package pages

import (
	"os"
	"testing"
)

// TestShots takes pictures of the whole site into the folder that SHOTS names.
// It is no test of anything: the pictures are to be looked at.
func TestShots(t *testing.T) {
	if shots == "" {
		t.Fatal("SHOTS names no folder for the pictures")
	}
	if err := os.MkdirAll(shots, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Run("walks", func(t *testing.T) {
		t.Run("1 The application", TestNoPageHasABarrier)
		t.Run("2 Drafts", TestNoPageAboutADraftHasABarrier)
		t.Run("3 A form that changes", TestNoPageOfAChangedFormHasABarrier)
		t.Run("4 Trouble", TestNoPageInTroubleHasABarrier)
		t.Run("5 Without JavaScript", TestNoPageWithoutJavaScriptHasABarrier)
		t.Run("6 Letters", TestNoLetterHasABarrier)
	})
	pictures.publish(t)
}
