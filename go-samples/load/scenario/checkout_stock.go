package scenario

// account is what is known about one shelf's stock from outside, while
// requests overlap. All counts are pieces and only grow, save open.
type account struct {
	initial    int64
	addedBegun int64 // restocks that were sent
	addedDone  int64 // restocks that were answered
	accepted   int64 // orders answered with 201: surely gone
	returned   int64 // orders answered otherwise after they may have held pieces
	open       int64 // orders in flight: may hold pieces
	lost       int64 // orders without an answer: may be gone
}

// window is what a request needs to know from when it was sent.
func (a *account) window() Ticket {
	return Ticket{accepted: a.accepted, returned: a.returned, added: a.addedDone}
}

// most is the largest stock that may have been seen since the window began:
// everything that may have come is there, and only what was surely gone
// before is gone.
func (a *account) most(t Ticket) int64 {
	return a.initial + a.addedBegun - t.accepted
}

// least is the smallest stock that may have been seen: only what surely came
// before is there, and gone is all that was accepted until now, all that may
// be, and what was held for a while by orders that ended since. The request's
// own pieces, if it is an order, are in own.
//
//	order A  |------- holds 3 ------- 402|
//	order B              |-- sees 3 less --|    B's least counts A's 3 as gone
func (a *account) least(t Ticket, own int64) int64 {
	held := a.open - own + a.returned - t.returned
	return a.initial + t.added - a.accepted - a.lost - held
}

// oversold says whether more was accepted than can ever have been there.
func (a *account) oversold() bool {
	return a.accepted > a.initial+a.addedBegun
}
