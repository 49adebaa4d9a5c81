package cli

import (
	"net/netip"
	"net/url"
	"strings"

	"joinery/app/config"
	"joinery/app/web"
)

// notice returns what the privacy notice tells of the settings.
func notice(cfg config.Config) web.Notice {
	return web.Notice{
		RemindBefore: cfg.RemindBefore,
		ConsentKeep:  cfg.ConsentKeep,
		MailHost:     mailHost(cfg),
		CountsBegun:  cfg.DraftsPerNetwork.Max > 0 || cfg.DraftsTotal.Max > 0,
	}
}

// mailHost returns the name of the server to which letters are handed, or "": it is this
// machine or one of the same network, whose name tells people nothing.
func mailHost(cfg config.Config) string {
	server, err := url.Parse(string(cfg.SMTPURL))
	if err != nil || !strings.Contains(server.Hostname(), ".") {
		return ""
	}
	if _, err := netip.ParseAddr(server.Hostname()); err == nil {
		return ""
	}
	return server.Hostname()
}
