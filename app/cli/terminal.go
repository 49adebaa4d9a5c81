package cli

import "os"

// isTerminal reports whether a person may be at the other end of a file. Programs without
// a terminal often have the null device there.
func isTerminal(file *os.File) bool {
	info, err1 := file.Stat()
	null, err2 := os.Stat(os.DevNull)
	return err1 == nil && err2 == nil && info.Mode()&os.ModeCharDevice != 0 && !os.SameFile(info, null)
}
