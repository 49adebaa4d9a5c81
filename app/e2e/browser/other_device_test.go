//go:build e2e

package e2e

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

func TestAnotherDeviceContinuesByTheCodeOnTheScreen(t *testing.T) {
	everyWay(t, ways[:1], func(p *person) {
		p.hasAnswered(2)
		p.visit(p.path("/apply/affiliations"))
		p.follow(p.words("draft.phone"))
		p.follow(p.words("phone.make"))
		phone := p.another()
		phone.do(chromedp.Navigate(p.scans()))
		sees(phone, phone.words("code.filled.title"), "words(heading())")
		phone.follow(phone.words("nav.continue"))
		phone.isAt("affiliations")
		p.reload()
		sees(p, p.words("phone.used"), "words(document.querySelector('.lead'))")

		p.follow(p.words("phone.again"))
		code, err := ask[string](p, "words(document.querySelector('.code'))")
		p.must(err)
		tablet := p.another()
		tablet.visit("/")
		tablet.follow(tablet.words("landing.lost"))
		tablet.fill(tablet.words("code.label"), strings.ToLower(code)) // with its blank
		tablet.turns(func() { tablet.types(kb.Enter) })
		tablet.isAt("affiliations")

		late := p.another()
		late.visit(late.path("/code/" + strings.ReplaceAll(code, " ", "")))
		late.follow(late.words("nav.continue"))
		sees(late, true, "document.activeElement === summary()")
		sees(late, true, "words(summary()).includes($0)", late.words("code.used"))
	})
}

// scans reads the QR code on the page as a camera does, which comes closer until
// it finds one.
func (p *person) scans() (link string) {
	p.Helper()
	near := 0.5
	eventually(p.T, "the QR code is found", func() (err error) {
		near += 0.5
		link, err = p.scansFrom(near)
		return err
	})
	return link
}

func (p *person) scansFrom(near float64) (string, error) {
	p.Helper()
	shot, err := chromedp.Run(p.ctx, chromedp.ScreenshotScale("svg.qr", near))
	p.must(err)
	picture, err := png.Decode(bytes.NewReader(shot))
	p.must(err)
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	p.must(err)
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		return "", err
	}
	return read.GetText(), nil
}
