package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"
)

func TestFewLargeBodiesAreReadAtOnce(t *testing.T) {
	t.Parallel()
	var l largeBodies
	now := time.Now()
	for i := range maxLargeBodies {
		if !l.begin(now) {
			t.Fatalf("the body %d is refused", i+1)
		}
	}
	if l.begin(now.Add(readTimeout - 1)) {
		t.Error("one more is read while the others may still be")
	}
	if !l.begin(now.Add(readTimeout)) {
		t.Error("none is read after the others have ended")
	}
}

// TestManyLargeBodiesAreRefusedUnread sends no byte of the last one.
func TestManyLargeBodiesAreRefusedUnread(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for range maxLargeBodies {
		s.server.large.begin(time.Now())
	}
	for size, refused := range map[int]bool{maxFormSize + 1: true, maxFormSize: false} {
		request := postTo([]string{"Host: x", "Content-Type: application/x-www-form-urlencoded", "Content-Length: " + strconv.Itoa(size)})
		if !refused {
			request += strings.Repeat("x", size)
		}
		got := s.answers(t, request)
		if len(got) != 1 || (got[0] == http.StatusRequestEntityTooLarge) != refused {
			t.Errorf("a body of %d bytes is answered %v, want it refused: %v", size, got, refused)
		}
	}
}

// TestALargeBodyTooManyGetsNoPage, so that an attack with many of them costs little.
func TestALargeBodyTooManyGetsNoPage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for range maxLargeBodies {
		s.server.large.begin(time.Now())
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, postTo([]string{"Host: x", "Content-Length: " + strconv.Itoa(maxFormSize+1)})) //nolint:errcheck // the answer tells
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if len(r.Header.Get("X-Request-Id")) != requestIDLength || r.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the answer has the headers %v", r.Header)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil || strings.Contains(string(body), "<") || !r.Close || r.Header.Get("Retry-After") == "" {
		t.Errorf("the answer has %d bytes, headers %v, keeps its connection: %t (%v)", len(body), r.Header, !r.Close, err)
	}
}

func TestALargeBodyTooManyIsCounted(t *testing.T) {
	t.Parallel()
	var counted []int
	s := &Server{Options: Options{Count: func(_, _ string, status int, _ time.Duration) { counted = append(counted, status) }}}
	for range maxLargeBodies {
		s.large.begin(time.Now())
	}
	s.refuseBriefly(nil)(new(fasthttp.RequestCtx), fasthttp.ErrBodyTooLarge)
	if len(counted) != 1 || counted[0] != http.StatusRequestEntityTooLarge {
		t.Errorf("it is counted as %v", counted)
	}
}

// TestALargeBodyOfUnknownLengthIsRefusedToo once it has become large, and before its end.
func TestALargeBodyOfUnknownLengthIsRefusedToo(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	request := postTo([]string{"Host: x", "Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked"}) +
		fmt.Sprintf("%x\r\n%s", 3*maxFormSize, strings.Repeat("x", 2*maxFormSize))
	if got := s.answers(t, request); len(got) == 1 && got[0] == http.StatusRequestEntityTooLarge {
		t.Error("with none beside it, it is refused before its end")
	}
	for range maxLargeBodies {
		s.server.large.begin(time.Now())
	}
	if got := s.answers(t, request); len(got) != 1 || got[0] != http.StatusRequestEntityTooLarge {
		t.Errorf("beside many it is answered %v, want it refused", got)
	}
}
