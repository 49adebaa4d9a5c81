package receipt

import (
	"bytes"
	"errors"
	"testing"
)

// TestAddStructureAppendsToTheFile checks that the bytes of the file stay as they
// were.
func TestAddStructureAppendsToTheFile(t *testing.T) {
	t.Parallel()
	before, root := twoPages(t), &element{kind: "Document"}
	root.add("P", "").marks = []markedContent{{0, 0}, {1, 0}}
	after, err := addStructure(before, root)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(after, before) || len(after) == len(before) {
		t.Errorf("%d bytes were %d", len(after), len(before))
	}
	if again, err := addStructure(after, root); !errors.Is(err, errFormat) {
		t.Errorf("tag of its own file: %d bytes, %v", len(again), err)
	}
}
