//go:build e2e

package harness

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A Firefox is a Firefox without windows and without scripts, driven by its own
// protocol, Marionette: each message is the length of a JSON text, a colon, and the text.
type Firefox struct {
	*testing.T
	conn  net.Conn
	in    *bufio.Reader
	calls int
}

// firefoxSettings has Firefox run no scripts of pages, and ask its makers for nothing.
const firefoxSettings = `user_pref("marionette.port", 0);
user_pref("javascript.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "");
user_pref("browser.safebrowsing.update.enabled", false);
`

// NewFirefox starts a Firefox that was not used before.
func NewFirefox(t *testing.T) *Firefox {
	t.Helper()
	profile := t.TempDir()
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(firefoxSettings), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", profile)
	command.Env = append(os.Environ(), "HOME="+profile, "MOZ_CRASHREPORTER_DISABLE=1")
	if err := command.Start(); err != nil {
		t.Fatalf("this test needs firefox-esr: install it, for example with apt-get install firefox-esr: %v", err)
	}
	t.Cleanup(func() {
		command.Process.Kill() //nolint:errcheck // it may have ended
		command.Wait()         //nolint:errcheck // it was killed
	})
	f := &Firefox{T: t}
	f.connect(filepath.Join(profile, "MarionetteActivePort"))
	f.do("WebDriver:NewSession", map[string]any{"strictFileInteractability": false})
	return f
}

// connect waits for the port that Firefox writes into its profile.
func (f *Firefox) connect(portFile string) {
	f.Helper()
	Eventually(f.T, "Firefox listens", func() error {
		port, err := os.ReadFile(portFile)
		if err != nil {
			return err
		}
		f.conn, err = net.Dial("tcp", "127.0.0.1:"+strings.TrimSpace(string(port)))
		return err
	})
	f.Cleanup(func() { f.conn.Close() })
	f.in = bufio.NewReader(f.conn)
	if _, err := f.read(); err != nil { // the greeting
		f.Fatal(err)
	}
}

func (f *Firefox) read() ([]byte, error) {
	length, err := f.in.ReadString(':')
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil {
		return nil, err
	}
	message := make([]byte, n)
	_, err = io.ReadFull(f.in, message)
	return message, err
}

// call carries out one command and returns its result.
func (f *Firefox) call(command string, params map[string]any) (json.RawMessage, error) {
	f.calls++
	message, err := json.Marshal([]any{0, f.calls, command, params})
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(f.conn, "%d:%s", len(message), message); err != nil {
		return nil, err
	}
	answer, err := f.read()
	if err != nil {
		return nil, err
	}
	var parts [4]json.RawMessage
	if err := json.Unmarshal(answer, &parts); err != nil {
		return nil, err
	}
	if failure := string(parts[2]); failure != "null" {
		return nil, errors.New(command + ": " + failure)
	}
	return parts[3], nil
}

func (f *Firefox) do(command string, params map[string]any) json.RawMessage {
	f.Helper()
	result, err := f.call(command, params)
	if err != nil {
		f.Fatal(err)
	}
	return result
}

// value returns the result of a command that is one text.
func (f *Firefox) value(command string, params map[string]any) string {
	f.Helper()
	var result struct{ Value string }
	if err := json.Unmarshal(f.do(command, params), &result); err != nil {
		f.Fatalf("%s: %v", command, err)
	}
	return result.Value
}

// find returns the element that an XPath expression finds.
func (f *Firefox) find(xpath string) (element string) {
	f.Helper()
	Eventually(f.T, xpath+" is there", func() error {
		result, err := f.call("WebDriver:FindElement", map[string]any{"using": "xpath", "value": xpath})
		if err != nil {
			return err
		}
		var found struct{ Value map[string]string }
		err = json.Unmarshal(result, &found)
		for _, id := range found.Value {
			element = id
		}
		return err
	})
	return element
}

// Visit opens a URL.
func (f *Firefox) Visit(url string) {
	f.Helper()
	f.do("WebDriver:Navigate", map[string]any{"url": url})
}

// Back goes one step back in the history.
func (f *Firefox) Back() {
	f.Helper()
	f.do("WebDriver:Back", map[string]any{})
}

// URL returns the address of the page.
func (f *Firefox) URL() string {
	f.Helper()
	return f.value("WebDriver:GetCurrentURL", map[string]any{})
}

// Text returns the words of the page that can be seen.
func (f *Firefox) Text() string {
	f.Helper()
	return NormalizeSpace(f.value("WebDriver:GetElementText", map[string]any{"id": f.find("//body")}))
}

// Source returns the page as it stands, with what cannot be seen.
func (f *Firefox) Source() string {
	f.Helper()
	return f.value("WebDriver:GetPageSource", map[string]any{})
}

// Type types into the control with a name.
func (f *Firefox) Type(name, text string) {
	f.Helper()
	f.do("WebDriver:ElementSendKeys", map[string]any{"id": f.find(fmt.Sprintf("//*[@name=%q]", name)), "text": text})
}

// Typed returns what stands in the control with a name.
func (f *Firefox) Typed(name string) string {
	f.Helper()
	return f.value("WebDriver:GetElementProperty", map[string]any{"id": f.find(fmt.Sprintf("//*[@name=%q]", name)), "name": "value"})
}

// Press clicks the first button or link with the given words that can be seen.
func (f *Firefox) Press(words string) {
	f.Helper()
	f.do("WebDriver:ElementClick", map[string]any{"id": f.find(fmt.Sprintf("(//button|//a)[normalize-space(.)=%q][not(contains(@class, 'default'))]", words))})
}
