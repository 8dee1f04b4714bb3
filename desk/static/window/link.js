// @ts-check
/** The only client of the desk's Socket.IO events, for the window and for the console. */
import { io as anyIo } from "../vendor/socket.io.esm.min.js";

const io = /** @type {typeof import("socket.io-client").io} */ (/** @type {unknown} */ (anyIo));

const ANSWER_MS = 12_000;

/** The desk said no, or nothing: `code` is the desk's, or `no_answer`, or `offline`. */
export class Refused extends Error {
  /** @param {string} code @param {string} text @param {Record<string, any>} [facts] what else the desk said */
  constructor(code, text, facts = {}) {
    super(text);
    this.code = code;
    this.facts = facts;
  }
}

/**
 * Every other name is an event of the desk's, with who hears it.
 * @typedef {Record<string, (news: any) => void> & {
 *   connect: () => void, disconnect: (why: string) => void,
 *   refuse: (failure: import("./shapes.js").Failure) => void}} Ears `refuse`: the desk will not let us in
 */

/**
 * @param {() => object} auth
 * @param {Ears} ears
 * @param {string} [namespace]
 * @param {("polling" | "websocket")[]} [transports] a same-origin GET names no origin: who must name it takes websocket
 */
export function connect(auth, { connect, disconnect, refuse, ...events }, namespace = "/", transports = ["polling", "websocket"]) {
  const socket = io(namespace, {
    path: "/socket.io",
    transports,
    auth: (/** @type {(data: object) => void} */ give) => give(auth()),
    reconnectionDelay: 600,
    reconnectionDelayMax: 5000,
    timeout: 10_000,
  });
  socket.on("connect", connect);
  socket.on("disconnect", disconnect);
  socket.on("connect_error", (/** @type {Error & {data?: any}} */ error) => {
    const refusal = error.data?.error ?? error.data;
    if (!socket.active) refuse({ code: refusal?.code ?? "refused", text: refusal?.text ?? "" });
    else disconnect("connect_error");
  });
  for (const [name, hear] of Object.entries(events)) socket.on(name, hear);

  return {
    get connected() {
      return /** @type {boolean} */ (socket.connected);
    },
    /**
     * @param {string} event
     * @param {object} data
     * @returns {Promise<any>} the desk's answer; throws Refused
     */
    async ask(event, data) {
      if (!socket.connected) throw new Refused("offline", "网络断开了");
      let answer;
      try {
        answer = await socket.timeout(ANSWER_MS).emitWithAck(event, data);
      } catch {
        throw socket.connected
          ? new Refused("no_answer", "没有送达，请再试一次")
          : new Refused("offline", "网络断开了");
      }
      if (!answer?.ok) {
        const { code = "refused", text = "没有成功，请再试一次", ...facts } = answer?.error ?? {};
        throw new Refused(code, text, facts);
      }
      return answer;
    },
    /** Says something that needs no answer and is worthless later. @param {string} event @param {object} data */
    tell(event, data) {
      if (socket.connected) socket.volatile.emit(event, data);
    },
    again() {
      socket.disconnect().connect();
    },
  };
}

/** @typedef {ReturnType<typeof connect>} Link */
