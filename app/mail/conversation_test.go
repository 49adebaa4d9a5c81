package mail

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// script serves one connection after the other, with one answer to each line. After the
// last answer it is silent and waits. An answer may begin with a pause, such as "30ms ". At
// the answer "hang up" it closes the connection.
func script(t *testing.T, answers ...string) *relay {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go recite(conn, answers)
		}
	}()
	return &relay{addr: listener.Addr().String()}
}

func recite(conn net.Conn, answers []string) {
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	for _, a := range answers {
		if pause, rest, _ := strings.Cut(a, " "); strings.HasSuffix(pause, "ms") {
			wait, _ := time.ParseDuration(pause)
			time.Sleep(wait)
			a = rest
		}
		if a == "hang up" {
			return
		}
		fmt.Fprint(conn, a+"\r\n")
		for lines.Scan() && strings.HasPrefix(a, "354") && lines.Text() != "." {
		}
	}
	io.Copy(io.Discard, conn) //nolint:errcheck // it ends with the test
}

// talk is what a server answers that takes a letter.
var talk = []string{"220 hello", "250 hello", "250 sender", "250 recipient", "354 go on", "250 it is ours now"}

// instead returns talk with another answer at a step.
func instead(n int, answer ...string) []string {
	return append(append([]string(nil), talk[:n]...), answer...)
}

// short are limits for a server that pauses for longer.
const (
	limit = 150 * time.Millisecond
	pause = "300ms "
)

var short = timeLimits{dial: time.Second, greeting: limit, envelope: limit, data: limit, block: limit, end: limit, again: limit, closing: limit, idle: time.Second}

// TestEachStepHasALimitOfItsOwn lets a server pause at one step, for longer and for shorter
// than the limit of that step alone.
func TestEachStepHasALimitOfItsOwn(t *testing.T) {
	limits := []struct {
		step  string
		limit func(*timeLimits) *time.Duration
		cause Cause
	}{
		{connecting, func(l *timeLimits) *time.Duration { return &l.greeting }, Passing},
		{connecting, func(l *timeLimits) *time.Duration { return &l.greeting }, Passing},
		{sender, func(l *timeLimits) *time.Duration { return &l.envelope }, Passing},
		{recipient, func(l *timeLimits) *time.Duration { return &l.envelope }, Passing},
		{content, func(l *timeLimits) *time.Duration { return &l.data }, Passing},
		{content, func(l *timeLimits) *time.Duration { return &l.end }, Unanswered},
	}
	for n, tt := range limits {
		t.Run(fmt.Sprint("at answer ", n), func(t *testing.T) {
			t.Parallel()
			slow := append(instead(n, pause+talk[n]), talk[n+1:]...)
			s := script(t, slow...).sender(t, "smtp://HOST")
			s.limits = short
			*tt.limit(&s.limits) = 5 * time.Second
			if err := s.Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English)); err != nil {
				t.Errorf("a server that pauses within the limit: %v", err)
			}
			s = script(t, slow...).sender(t, "smtp://HOST")
			*tt.limit(&s.limits) = limit
			wantFailure(t, s.Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English)), tt.step, 0, "", tt.cause)
		})
	}
}

// TestTheLimitsAreThoseOfTheStandard compares them with RFC 5321, 4.5.3.2, and wants an
// attempt to have time for them all.
func TestTheLimitsAreThoseOfTheStandard(t *testing.T) {
	l := usualLimits
	for name, got := range map[string][2]time.Duration{
		"greeting": {l.greeting, 5 * time.Minute}, "MAIL, RCPT": {l.envelope, 5 * time.Minute}, "DATA": {l.data, 2 * time.Minute},
		"a block": {l.block, 3 * time.Minute}, "the end": {l.end, 10 * time.Minute},
	} {
		if got[0] != got[1] {
			t.Errorf("%s may take %v, want %v", name, got[0], got[1])
		}
	}
	if sum := l.again + l.dial + 2*l.greeting + 2*l.envelope + l.data + l.block + l.end; sum >= patience {
		t.Errorf("all steps together may take %v, an attempt %v", sum, patience)
	}
}

// wantFailure wants an error to be this failure, and to tell no address.
func wantFailure(t *testing.T, err error, step string, code int, status string, cause Cause) {
	t.Helper()
	f := (*Failure)(nil)
	if !errors.As(err, &f) || f.Step != step || f.Code != code || f.Status != status || f.Cause != cause {
		t.Fatalf("Send: %v, %+v, want a failure at %s with %d %q about %q", err, f, step, code, status, cause)
	}
	if strings.Contains(err.Error(), "zoe") {
		t.Errorf("the error tells the address: %v", err)
	}
}

// TestAServerThatBreaksOffBeforeTheEndHasNotGotTheLetter hangs up, or says that it closes.
func TestAServerThatBreaksOffBeforeTheEndHasNotGotTheLetter(t *testing.T) {
	steps := []string{connecting, connecting, sender, recipient, content}
	for n, step := range steps {
		for answer, code := range map[string]int{"hang up": 0, "421 4.3.2 closing, zoe@example.net": 421} {
			if n == 1 && code == 421 {
				continue // go-mail says HELO then, and hears nothing
			}
			t.Run(fmt.Sprint(answer, " at answer ", n), func(t *testing.T) {
				s := script(t, instead(n, answer)...).sender(t, "smtp://HOST")
				status := ""
				if code == 421 {
					status = "4.3.2"
				}
				wantFailure(t, s.Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English)), step, code, status, Passing)
			})
		}
	}
}

// TestAServerThatBreaksOffAfterTheEndMayHaveTheLetter hangs up, and falls silent.
func TestAServerThatBreaksOffAfterTheEndMayHaveTheLetter(t *testing.T) {
	for _, answers := range [][]string{instead(5, "hang up"), instead(5)} {
		s := script(t, answers...).sender(t, "smtp://HOST")
		s.limits.end = 20 * time.Millisecond
		wantFailure(t, s.Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English)), content, 0, "", Unanswered)
	}
}

func TestSendEndsWithItsContext(t *testing.T) {
	for n := range len(talk) {
		s := script(t, talk[:n]...).sender(t, "smtp://HOST")
		s.limits = usualLimits
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		start := time.Now()
		if err := s.Send(ctx, newConfirmation(t, "zoe@example.net", i18n.English)); err == nil || time.Since(start) > 2*time.Second {
			t.Errorf("after %d answers Send: %v after %v", n, err, time.Since(start))
		}
		cancel()
	}
}

func TestAnErrorAfterAcceptanceIsNoFailure(t *testing.T) {
	s := script(t, append(instead(6), "hang up")...).sender(t, "smtp://HOST")
	if err := s.Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English)); err != nil {
		t.Errorf("Send: %v", err)
	}
}
