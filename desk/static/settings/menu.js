// @ts-check
/** On a phone the menu is one row that goes beyond the screen: the present section is brought into it. */
document.querySelector(".menu [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
