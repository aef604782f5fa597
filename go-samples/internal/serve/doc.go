// Package serve is the chassis that every service of Bazaar stands on: flags, the
// listener and its ready line, graceful stop, timeouts, request counters, profiler
// labels, and the debug endpoints that the lab scrapes. It must not know what a
// service does, nor who scrapes it.
//
// A service is its routes:
//
//	func main() {
//		serve.Main("search", func(seed uint64) ([]serve.Route, error) {
//			return newFinder(shop.New(seed)).routes(), nil
//		})
//	}
//
// The same listener answers, besides the routes:
//
//	GET  /healthz                        {"ok":true}
//	GET  /debug/pprof/…                  as net/http/pprof; profile and trace have right of way
//	GET  /debug/flamelab/cpu?millis=N    a short CPU profile that gives way (cpu.go)
//	GET  /debug/flamelab/trace?millis=N  an execution trace that gives way (trace.go)
//	POST /debug/flamelab/flight?seconds=N&slowMillis=M
//	                                     the flight recorder, on for N seconds; 0 is off (flight.go)
//	GET  /debug/flamelab/flight          a trace of the last seconds while it is on
//	GET  /debug/flamelab/flight/state    until when it is on; which slow request left a snapshot
//	GET  /debug/flamelab/flight/slow/ID  that snapshot
//	GET  /debug/flamelab/counters        exact counters (counters.go)
//	GET  /debug/flamelab/metrics         the rest (metrics.go)
//	POST /debug/flamelab/gc              one garbage collection, 204
//	GET  /debug/flamelab/vars/NAME       what a package tells about itself (vars.go)
//
// None of these is counted as a request or labelled. Requests that carry an Origin, or
// a Host that is a name other than localhost, are refused: nobody's web page may talk to
// a service on somebody's machine.
package serve
