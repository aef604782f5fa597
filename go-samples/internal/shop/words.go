package shop

func regions() []Region {
	return []Region{
		{"north", "North"}, {"south", "South"}, {"east", "East"},
		{"west", "West"}, {"coast", "Coast and Islands"}, {"alps", "Alps"},
	}
}

func brands() []string {
	return []string{
		"Nordhem", "Lumora", "Castelo", "Birchway", "Fennel", "Oakridge", "Tessera", "Kestrel",
		"Maplin", "Solvang", "Arden", "Quill", "Brio", "Halden", "Juniper", "Kobalt",
		"Larkspur", "Merino", "Nimbus", "Orchid", "Pelican", "Rowan", "Saffron", "Tamarind",
		"Umbra", "Verdant", "Willow", "Xenia", "Yarrow", "Zephyr", "Alder", "Bramble",
		"Cinder", "Drift", "Ember", "Fathom", "Granite", "Harbor", "Indigo", "Jasper",
	}
}

// shelf is a category with its two-letter SKU prefix and the things on it.
type shelf struct {
	category string
	prefix   string
	things   []string
}

var shelves = []shelf{
	{"kitchen", "KT", []string{"kettle", "pan", "teapot", "bowl", "whisk", "grinder", "toaster", "ladle", "colander", "knife"}},
	{"office", "OF", []string{"desk", "chair", "lamp", "notebook", "stapler", "shelf", "monitor", "keyboard", "pen", "folder"}},
	{"garden", "GD", []string{"spade", "rake", "hose", "planter", "bench", "lantern", "trowel", "gloves", "shears", "barrow"}},
	{"bedroom", "BR", []string{"pillow", "duvet", "mattress", "blanket", "wardrobe", "mirror", "sheet", "nightstand", "rug", "curtain"}},
	{"outdoor", "OD", []string{"tent", "backpack", "bottle", "stove", "rope", "boots", "jacket", "hammock", "compass", "cooler"}},
	{"bathroom", "BA", []string{"towel", "basin", "tap", "soap", "shower", "mat", "brush", "basket", "scale", "bin"}},
	{"workshop", "WS", []string{"hammer", "drill", "saw", "vice", "chisel", "ladder", "wrench", "sander", "clamp", "level"}},
	{"nursery", "NU", []string{"cot", "stroller", "rattle", "blocks", "puzzle", "swing", "bib", "carrier", "mobile", "playmat"}},
}

var qualities = []string{
	"foldable", "compact", "classic", "modern", "rustic", "slim", "heavy-duty", "non-stick",
	"water-proof", "quiet", "soft", "bright", "light", "stackable", "adjustable", "travel",
	"deluxe", "mini", "double", "eco", "hand-made", "cordless", "organic", "vintage", "solid",
}

var materials = []string{
	"oak", "steel", "cotton", "bamboo", "glass", "copper", "linen", "ceramic",
	"leather", "wool", "aluminium", "pine", "rubber", "cork", "marble",
}

var colours = []string{"red", "blue", "green", "black", "white", "grey", "sand", "olive", "amber", "plum"}

var uses = []string{
	"small flats", "large families", "long weekends", "daily use", "rainy days",
	"first homes", "busy mornings", "quiet evenings", "gifts", "rough hands",
}

var promises = []string{
	"easy to clean", "built to last", "made from recycled material", "tested by hand",
	"with a five year warranty", "delivered in flat boxes", "safe for the dishwasher", "repairable at home",
}

var firstNames = []string{
	"Ada", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jana",
	"Karim", "Lena", "Marek", "Nadia", "Olu", "Petra", "Rosa", "Sami", "Tove", "Yusuf",
}

var lastNames = []string{
	"Almeida", "Becker", "Conti", "Dubois", "Eriksen", "Farkas", "Garcia", "Horvat", "Ivanova", "Jensen",
	"Kowalski", "Lindqvist", "Moreau", "Novak", "O'Neil", "Papadakis", "Rossi", "Silva", "Tanaka", "Weber",
}

var noteParts = []string{
	"please leave it with the neighbour", "ring twice, the bell is weak", `the parcel says "fragile" on top`,
	"gift, no invoice in the box", "deliver after six", "call before delivery", "replaces a damaged item, see last order",
	"second floor, no lift", "paid with a voucher", "customer asked for the blue one", "first line\nsecond line",
	`engraving: "for Sam"`, "pick up at the shop", "handle with care", "combine with the next order",
}
