package serve

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// fromHere refuses what only a browser on some other page would send: an Origin, or a
// Host that is a name (a name can be made to point to this machine, an address can't).
func fromHere(r *http.Request) bool {
	if len(r.Header["Origin"]) > 0 || r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		return false
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}
