package serve

import (
	"net/http"
	"sync"
)

// published are what packages of the process tell about themselves, by name.
var published sync.Map

// Publish makes what read returns the answer to GET /debug/flamelab/vars/NAME, as JSON, as
// expvar does for a whole program. read is called by any goroutine. To publish a name twice
// is a mistake of the program, and panics.
func Publish(name string, read func() any) {
	if _, taken := published.LoadOrStore(name, read); taken {
		panic("serve: " + name + " is published already")
	}
}

func (d *instruments) vars(w http.ResponseWriter, r *http.Request) {
	read, known := published.Load(r.PathValue("name"))
	if !known {
		WriteError(w, http.StatusNotFound, "unknown-name", "nothing is published by that name")
		return
	}
	WriteJSON(w, http.StatusOK, read.(func() any)())
}
