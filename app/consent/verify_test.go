package consent

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

var texts = []string{"member", "address", "key", "version", "purpose", "wording", "lang", "how", "salt", "content_hash", "hash"}

func TestASoundChainHolds(t *testing.T) {
	t.Parallel()
	h := newChain(t)
	got := h.mustVerify(t)
	if got.Rows != 7 || got.Emptied != 2 || got.Head.Row != 7 {
		t.Errorf("the chain has %+v, want seven rows, two of them emptied", got)
	}
	if again, err := h.Verify(t.Context(), got.Head); err != nil || again != got {
		t.Errorf("with its head as the known one: %+v, %v", again, err)
	}
	if empty, err := newHarness(t).Verify(t.Context(), Head{}); err != nil || empty != (Report{}) {
		t.Errorf("an empty chain: %+v, %v", empty, err)
	}
}

// TestAnyChangedByteIsFound in any column of any row, and the row is named.
func TestAnyChangedByteIsFound(t *testing.T) {
	t.Parallel()
	h := newChain(t)
	h.withoutTriggers(t)
	for row := int64(1); row <= 7; row++ {
		for _, column := range texts {
			var was string
			if err := h.file.Read().QueryRow(fmt.Sprintf(`SELECT %s FROM consents WHERE id = $1`, column), row).Scan(&was); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				what := fmt.Sprintf("row %d, %s", row, column)
				h.undone(t, func() { h.wantFault(t, Head{}, what, row) }, fmt.Sprintf(`UPDATE consents SET %s = $1 WHERE id = $2`, column), changeByte(was), row)
			}
		}
		h.undone(t, func() { h.wantFault(t, Head{}, "given", row) }, `UPDATE consents SET given = 1 - given WHERE id = $1`, row)
		h.undone(t, func() { h.wantFault(t, Head{}, "at", row) }, `UPDATE consents SET at = at + 1 WHERE id = $1`, row)
	}
	h.mustVerify(t)
}

// changeByte returns text with one byte changed, or with one more.
func changeByte(text string) string {
	if text == "" {
		return "x"
	}
	bytes := []byte(text)
	bytes[rand.IntN(len(bytes))] ^= byte(1 + rand.IntN(15))
	return string(bytes)
}

// TestARemovedRowIsFound at the row behind it, and the last row by a known head.
func TestARemovedRowIsFound(t *testing.T) {
	t.Parallel()
	h := newChain(t)
	head := h.mustVerify(t).Head
	h.withoutTriggers(t)
	for row := int64(1); row < 7; row++ {
		h.undone(t, func() { h.wantFault(t, Head{}, fmt.Sprintf("row %d removed", row), row+1) }, `DELETE FROM consents WHERE id = $1`, row)
	}
	h.undone(t, func() {
		h.mustVerify(t) // by itself the chain cannot tell
		h.wantFault(t, head, "the last row cut", 7)
	}, `DELETE FROM consents WHERE id = 7`)
}

// TestSwappedRowsAreFound at the first of the two.
func TestSwappedRowsAreFound(t *testing.T) {
	t.Parallel()
	h := newChain(t)
	h.withoutTriggers(t)
	for a := int64(1); a <= 7; a++ {
		for b := a + 1; b <= 7; b++ {
			h.undone(t, func() { h.wantFault(t, Head{}, fmt.Sprintf("rows %d and %d swapped", a, b), a) },
				fmt.Sprintf(`UPDATE consents SET id = -id WHERE id IN (%[1]d, %[2]d); UPDATE consents SET id = %[1]d WHERE id = -%[2]d; UPDATE consents SET id = %[2]d WHERE id = -%[1]d`, a, b))
		}
	}
}

// TestAChainThatWasComputedAnewIsFoundByAKnownHead and by nothing else.
func TestAChainThatWasComputedAnewIsFoundByAKnownHead(t *testing.T) {
	t.Parallel()
	h := newChain(t)
	head := h.mustVerify(t).Head
	h.withoutTriggers(t)
	h.exec(t, `UPDATE consents SET given = 1 WHERE id = 3`)
	h.exec(t, `UPDATE consents SET hash = '' WHERE id > 2`)
	if err := h.Upgrade(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.mustVerify(t)
	h.wantFault(t, head, "computed anew", 7)
}

func TestARowWithoutAHashIsFound(t *testing.T) {
	t.Parallel()
	h := newChain(t)
	h.exec(t, `INSERT INTO consents (member, key, version, purpose, wording, lang, given, at) VALUES ('m2', 'news', '2', 'p', 'w', 'fr', 1, 1)`)
	h.wantFault(t, Head{}, "a row added by hand", 8)
	h.append(t, "m3", "tom@example.ca", "", news(true)) // which still must work
	if got := h.mustVerify(t); got.Head.Row != 9 {
		t.Errorf("the chain has %+v, want both rows", got)
	}
}

// TestRowsAreNeverChanged by a statement, whatever it changes.
func TestRowsAreNeverChanged(t *testing.T) {
	t.Parallel()
	h := newChain(t)
	const emptied = `UPDATE consents SET member = '', address = '', key = '', version = '', purpose = '', wording = '', lang = '', given = 0, at = 0, how = '', salt = ''`
	for _, statement := range []string{
		`DELETE FROM consents`, `DELETE FROM consents WHERE id = 7`, `DELETE FROM consents WHERE id = 1`,
		`UPDATE consents SET given = 1`, `UPDATE consents SET wording = 'x' WHERE id = 2`, `UPDATE consents SET id = 9 WHERE id = 7`,
		`UPDATE consents SET hash = 'x' WHERE id = 1`, `UPDATE consents SET member = '' WHERE id = 2`,
		emptied + ` WHERE id = 2`, // whose member is still there
		emptied + `, hash = 'x' WHERE id = 1`,
	} {
		if _, err := h.file.Write().ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "consents are never") {
			t.Errorf("%s: %v, want it refused", statement, err)
		}
	}
	h.mustVerify(t)
}

func TestAHeadIsReadAsItIsPrinted(t *testing.T) {
	t.Parallel()
	head := newChain(t).mustVerify(t).Head
	for _, text := range []string{head.String(), "head " + head.String() + "\n"} {
		if got, err := ParseHead(text); err != nil || got != head {
			t.Errorf("%s is read as %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "7", "7:", ":" + head.Hash, "0:" + head.Hash, "-1:" + head.Hash, "7:" + head.Hash[1:], "7:" + head.Hash + "ab", "x:" + head.Hash} {
		if got, err := ParseHead(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}
