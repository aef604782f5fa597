package serve

import (
	"context"
	"net/http"
	"runtime/pprof"
	"strings"
)

// Route is one endpoint of a service. The pattern is http.ServeMux's, with a method:
// "GET /search". It is also the endpoint's name in labels and metrics.
type Route struct {
	Pattern string
	Handle  http.HandlerFunc
}

// NewHandler makes the whole handler of a service, for tests that want one without a process.
func NewHandler(routes []Route) http.Handler {
	return newHandler(context.Background(), routes)
}

// newHandler's ctx ends when the process is to stop; debug requests then end early.
func newHandler(ctx context.Context, routes []Route) http.Handler {
	requests := newTally(routes)
	service := http.NewServeMux()
	for _, route := range routes {
		service.HandleFunc(route.Pattern, labelled(route))
	}
	counted := requests.count(service)
	debug := newInstruments(ctx, requests)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !fromHere(r):
			WriteError(w, http.StatusForbidden, "foreign-page", "requests of web pages are not answered here")
		case r.URL.Path == "/healthz" || strings.HasPrefix(r.URL.Path, "/debug/"):
			debug.ServeHTTP(w, r)
		default:
			counted.ServeHTTP(w, r)
		}
	})
}

// labelled tells the profiler for whom the work of a request is done.
func labelled(route Route) http.HandlerFunc {
	anyone := pprof.Labels("endpoint", route.Pattern)
	return func(w http.ResponseWriter, r *http.Request) {
		labels := anyone
		if tenant := r.Header.Get("X-Tenant"); tenant != "" {
			labels = pprof.Labels("endpoint", route.Pattern, "tenant", tenantLabel(tenant))
		}
		pprof.Do(r.Context(), labels, func(ctx context.Context) {
			route.Handle(w, r.WithContext(ctx))
		})
	}
}

// tenantLabel keeps a header that anyone can fill from becoming a label as it is.
func tenantLabel(header string) string {
	if len(header) > 32 {
		return "other"
	}
	for _, c := range []byte(header) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return "other"
		}
	}
	return header
}
