//go:build e2e

package browser

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"joinery/app/e2e/harness"
)

func TestAnotherDeviceContinuesByTheCodeOnTheScreen(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.StartDraft(2)
		p.Visit(p.Path("/apply/interests"))
		p.Follow(p.Words("draft.phone"))
		p.Follow(p.Words("phone.make"))
		phone := p.NewBrowser()
		phone.Do(chromedp.Navigate(scanCode(p)))
		phone.ExpectHeading("code.filled.title")
		phone.Follow(phone.Words("nav.continue"))
		phone.ExpectSection("interests")
		p.ExpectHeading("phone.used.title") // by itself
		p.Expect(p.Words("phone.used"), "words(document.querySelector('.lead'))")
		p.Expect(true, "document.activeElement === heading() && title().startsWith(words(heading()))")
		p.Expect(p.Path("/apply/phone"), "location.pathname")

		p.Follow(p.Words("phone.again"))
		code := harness.Ask[string](p, "words(document.querySelector('.code'))")
		tablet := p.NewBrowser()
		tablet.Visit("/")
		tablet.Follow(tablet.Words("landing.lost"))
		tablet.Fill(tablet.Words("code.label"), strings.ToLower(code)) // with its blank
		tablet.WaitForPage(func() { tablet.Type(kb.Enter) })
		tablet.ExpectSection("interests")

		late := p.NewBrowser()
		late.Visit(late.Path("/code/" + strings.ReplaceAll(code, " ", "")))
		late.Follow(late.Words("nav.continue"))
		late.Expect(true, "document.activeElement === summary()")
		late.Expect(true, "words(summary()).includes($0)", late.Words("code.used"))
	})
}

// scanCode reads the QR code on the page as a camera does, which comes closer until
// it finds one.
func scanCode(p *harness.Person) (link string) {
	p.Helper()
	near := 0.5
	harness.Eventually(p.T, "the QR code is found", func() (err error) {
		near += 0.5
		link, err = scanFrom(p, near)
		return err
	})
	return link
}

// scanFrom reads the QR code from a picture at a scale.
func scanFrom(p *harness.Person, near float64) (string, error) {
	p.Helper()
	shot, err := chromedp.Run(p.Ctx, chromedp.ScreenshotScale("svg.qr", near))
	p.Must(err)
	picture, err := png.Decode(bytes.NewReader(shot))
	p.Must(err)
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	p.Must(err)
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		return "", err
	}
	return read.GetText(), nil
}
