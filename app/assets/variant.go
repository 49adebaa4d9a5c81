package assets

// A variant is a file in one content coding.
type variant struct {
	coding string
	etag   string // names these bytes and no others: a strong ETag must (RFC 9110, 8.8.3)
	body   []byte
}

// newVariant returns body as it is sent in a content coding. Its ETag is the fingerprint
// of these very bytes, so each coding of a file has an ETag of its own.
func newVariant(coding string, body []byte) variant {
	return variant{coding, `"` + fingerprint(body) + `"`, body}
}
