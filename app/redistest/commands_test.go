package redistest

import "testing"

// TestCommandsAreCountedWhateverTheirArgumentsHold and however they are cut.
func TestCommandsAreCountedWhateverTheirArgumentsHold(t *testing.T) {
	sent := "*1\r\n$4\r\nPING\r\n" + "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$9\r\n**\r\n*1\r\n$\r\n" + "*2\r\n$3\r\nGET\r\n$0\r\n\r\n"
	for size := 1; size <= len(sent); size++ {
		c, got := new(commands), 0
		for rest := sent; rest != ""; {
			n := min(size, len(rest))
			got += c.add([]byte(rest[:n]))
			rest = rest[n:]
		}
		if got != 3 {
			t.Errorf("in pieces of %d bytes there are %d commands, want 3", size, got)
		}
	}
}
