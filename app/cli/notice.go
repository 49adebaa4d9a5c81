package cli

import (
	"net/url"

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

// mailHost returns the name of the server to which letters are handed, or "".
func mailHost(cfg config.Config) string {
	server, err := url.Parse(string(cfg.SMTPURL))
	if err != nil {
		return ""
	}
	return server.Hostname()
}
