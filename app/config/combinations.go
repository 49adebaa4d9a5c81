package config

// checkCombinations adds the mistakes that only several variables together show.
func (r *reader) checkCombinations(c Config) {
	if c.WaitingTTL > 0 && c.LinkTTL > c.WaitingTTL {
		r.addMistake("LINK_TTL", "set it to at most WAITING_TTL, %v: a link cannot outlive what it confirms", c.WaitingTTL)
	}
	if c.DraftTTL > 0 && c.RemindBefore >= c.DraftTTL {
		r.addMistake("REMIND_BEFORE", "set it to less than DRAFT_TTL, %v, or to 0 for no reminders", c.DraftTTL)
	}
	r.checkPair("DKIM_KEY", "DKIM_SELECTOR")
	r.checkPair("TLS_CERT", "TLS_KEY")
	if c.TLSCert != "" && c.BaseURL != "" && !c.HTTPS() {
		r.addMistake("BASE_URL", "begin it with https://, as the site has a certificate (TLS_CERT)")
	}
	if c.SMTPURL == "" {
		if c.BaseURL != "" && !c.Loopback() {
			r.addMistake("SMTP_URL", "set it: BASE_URL is public, and without SMTP_URL nobody gets any mail")
		}
		return
	}
	for _, key := range []string{"MAIL_FROM", "ORG_NAME_EN", "ORG_NAME_FR", "ORG_ADDRESS", "ORG_CONTACT"} {
		if r.text(key, "") == "" {
			r.addMistake(key, "set it: with SMTP_URL, people get mail in the name of a sample")
		}
	}
}

// checkPair adds a mistake if one of two variables is set without the other.
func (r *reader) checkPair(a, b string) {
	if r.text(a, "") == "" {
		a, b = b, a
	}
	if r.text(a, "") != "" && r.text(b, "") == "" {
		r.addMistake(b, "set it, or leave %s empty too: one is of no use without the other", a)
	}
}
