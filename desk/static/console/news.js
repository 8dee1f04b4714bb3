// @ts-check
/** What deserves a tone, a notice or a number in the title. */

/** @typedef {import("./shapes.js").Row} Row */

/**
 * @param {import("./workplace.js").Workplace} place
 * @param {import("./ringing.js").Ringing} ringing
 */
export function setUpNews(place, ringing) {
  const title = document.title;

  function count() {
    const { unread } = place.rows;
    const next = unread ? `(${unread}) ${title}` : title;
    if (document.title !== next) document.title = next;
  }

  /** @param {Row} row @param {Row | undefined} before */
  function hear(row, before) {
    const spoke = row.last?.direction === "buyer" && before !== undefined && row.last_seq > before.last_seq;
    if (!spoke || !place.isMine(row) || !document.hidden) return;
    ringing.ring("message");
    ringing.notice(row.nick, row.last?.text || "发来一条消息", row.id);
  }

  place.onRows.on((news) => {
    if (news) hear(news.row, news.before);
    count();
  });
}
