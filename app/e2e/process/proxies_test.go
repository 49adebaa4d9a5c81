//go:build e2e

package process

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"maps"
	"math/big"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// certificate writes a certificate of join.example.org and its key into a folder.
func certificate(t *testing.T, folder string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"join.example.org"}, NotAfter: time.Now().Add(time.Hour)}
	made, err1 := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	secret, err2 := x509.MarshalPKCS8PrivateKey(key)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	put(t, folder, "fullchain.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made})))
	put(t, folder, "privkey.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})))
}

// beside starts another program until the test is over.
func beside(t *testing.T, folder, name string, args ...string) {
	t.Helper()
	c := exec.Command(name, args...)
	c.Env = []string{"HOME=" + folder, "PATH=/usr/sbin:/usr/bin:/sbin:/bin"}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Signal(syscall.SIGTERM) //nolint:errcheck // it may have ended already
		c.Wait()                          //nolint:errcheck // it says that it was ended
	})
}

// nginx starts nginx with the server of deploy/ in front of a site, and returns its address.
func nginx(t *testing.T, site string) (addr string) {
	t.Helper()
	folder, plain, addr := t.TempDir(), harness.FreeAddr(t), harness.FreeAddr(t)
	certificate(t, folder)
	put(t, folder, "joinery.conf", deployed(t, "nginx.conf",
		"listen 80;", "listen "+plain+";", "listen [::]:80;", "", "listen 443 ssl", "listen "+addr+" ssl", "listen [::]:443 ssl http2;", "",
		"server 127.0.0.1:3000;", "server "+site+";", "/etc/letsencrypt/live/join.example.org", folder, "/var/log/nginx", folder))
	conf := put(t, folder, "nginx.conf", `user root; daemon off; worker_processes 1; pid `+folder+`/pid;
events {}
http { client_body_temp_path `+folder+`/body; proxy_temp_path `+folder+`/proxy; fastcgi_temp_path `+folder+`/f; uwsgi_temp_path `+folder+`/u; scgi_temp_path `+folder+`/s;
include `+folder+`/joinery.conf; }
`)
	wantFine(t, "/usr/sbin/nginx", "-t", "-c", conf)
	beside(t, folder, "/usr/sbin/nginx", "-c", conf)
	return addr
}

// caddy does the same with Caddy.
func caddy(t *testing.T, site string) (addr string) {
	t.Helper()
	folder, addr := t.TempDir(), harness.FreeAddr(t)
	_, port, _ := net.SplitHostPort(addr)
	_, plain, _ := net.SplitHostPort(harness.FreeAddr(t))
	file := put(t, folder, "Caddyfile", "{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\tstorage file_system "+folder+
		"\n\thttp_port "+plain+"\n\thttps_port "+port+"\n}\n"+deployed(t, "Caddyfile", "127.0.0.1:3000", site))
	wantFine(t, "caddy", "validate", "--config", file, "--adapter", "caddyfile")
	beside(t, folder, "caddy", "run", "--config", file, "--adapter", "caddyfile")
	return addr
}

// A caller is a browser at an address of its own, behind a proxy. It claims to be at another
// address.
type caller struct {
	http.Client
	claims string
}

// RoundTrip sends what an older browser sends with a form of the site's own.
func (c *caller) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("X-Forwarded-For", c.claims)
	if r.Method == http.MethodPost {
		r.Header.Set("Origin", "https://join.example.org")
	}
	return c.Transport.RoundTrip(r)
}

// newCaller returns a browser at an address of this machine, which reaches the site by a proxy.
func newCaller(t *testing.T, proxy, from, claims string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	way := &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, proxy)
		},
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, //nolint:gosec // the certificate is made for this test
	}
	t.Cleanup(way.CloseIdleConnections)
	c := &caller{claims: claims}
	c.Transport = way
	return &http.Client{Jar: jar, Transport: c}
}

// begin begins an application, and returns the status of the answer and where it leads.
func begin(t *testing.T, c *http.Client) (status int, path string) {
	t.Helper()
	const form = "https://join.example.org/en/apply/about"
	harness.Eventually(t, "the proxy answers", func() error {
		page, err := c.Get(form)
		if err == nil {
			page.Body.Close()
			if page.StatusCode != http.StatusOK {
				err = errors.New(page.Status)
			}
		}
		return err
	})
	answer, err := c.PostForm(form, harness.Zoe[0].Answers)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode, answer.Request.URL.Path
}

// TestBehindAProxyClientsAreTheirNetworks begins applications behind each proxy of deploy/.
// Forms of older browsers are taken by each name of the site, so the proxy passes on the
// name; and each network has its budget, whatever its clients say of themselves.
func TestBehindAProxyClientsAreTheirNetworks(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(*testing.T, string) string{"nginx": nginx, "Caddy": caddy} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := harness.MailSettings(t, harness.FreeAddr(t))
			s["TRUSTED_PROXIES"], s["DRAFTS_PER_NETWORK"] = "127.0.0.1", "1/1h"
			site := maps.Clone(s)
			site["BASE_URL"] = "https://members.example.org" // the callers come by another name
			command(t, site).start(t, s)                     // of which harness asks at its address whether it is ready
			proxy := start(t, s["ADDR"])
			for _, tt := range []struct {
				from, claims string
				status       int
				path         string
			}{
				{"127.0.0.2", "198.51.100.1", http.StatusOK, "/en/apply/role"},
				{"127.0.0.2", "198.51.100.99, 203.0.113.5", http.StatusTooManyRequests, "/en/apply/about"},
				{"127.0.1.1", "198.51.100.1", http.StatusOK, "/en/apply/role"},
			} {
				if status, path := begin(t, newCaller(t, proxy, tt.from, tt.claims)); status != tt.status || path != tt.path {
					t.Errorf("from %s a form leads to %s with %d, want %s with %d", tt.from, path, status, tt.path, tt.status)
				}
			}
		})
	}
}
