package sheet

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strconv"
)

// WriteHTML writes the page, a whole HTML document, in the form of [Options.Form]. The
// error is that of w.
func (s *Sheet) WriteHTML(w io.Writer) error {
	p := s.view.page()
	_, err := w.Write(writePage(make([]byte, 0, 32<<10), p))
	return err
}

// StyleHash returns the hash of the one style element of the page that [Sheet.WriteHTML]
// writes, as a Content-Security-Policy names it, with its quotes: 'sha256-...'. A server that
// sends the page with
//
//	Content-Security-Policy: default-src 'none'; style-src 'sha256-...'
//
// allows that style and nothing else. The hash differs by the paper of the locale.
func (s *Sheet) StyleHash() string {
	paper := s.view.Locale.Paper
	hash := sha256.Sum256(writeStyle(make([]byte, 0, 24<<10), &page{A4: paper == A4, Letter: paper == Letter}))
	return "'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
}

// The functions below are the escapers of html/template, by the names that it has for
// them, as far as page.html needs them. Which one a text needs where it stands is what
// html/template said when page_gen1.go and the files after it were written; they and these
// functions together give its bytes, which TestPageIsThatOfTheTemplate checks.

// escaped appends a text as it stands between tags and in quoted attributes.
func escaped(b []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		var with string
		switch s[i] {
		case 0:
			with = "\uFFFD"
		case '"':
			with = "&#34;"
		case '&':
			with = "&amp;"
		case '\'':
			with = "&#39;"
		case '+':
			with = "&#43;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		default:
			continue
		}
		b = append(append(b, s[from:i]...), with...)
		from = i + 1
	}
	return append(b, s[from:]...)
}

// address appends a text as a part of an address.
func address(b []byte, s string) []byte {
	const hexadecimal = "0123456789abcdef"
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9', isSafeInAddress(c), c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			switch c {
			case '&':
				b = append(b, "&amp;"...)
			case '+':
				b = append(b, "&#43;"...)
			default:
				b = append(b, c)
			}
		default:
			b = append(b, '%', hexadecimal[c>>4], hexadecimal[c&0xF])
		}
	}
	return b
}

func isSafeInAddress(c byte) bool {
	switch c {
	case '-', '.', '_', '~', '!', '#', '$', '&', '*', '+', ',', '/', ':', ';', '=', '?', '@', '[', ']':
		return true
	}
	return false
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// number appends a number, which nothing has to be done about anywhere.
func number(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
