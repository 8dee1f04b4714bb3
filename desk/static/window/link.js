// @ts-check
/** The only client of the desk's Socket.IO events. */
import { io as anyIo } from "../vendor/socket.io.esm.min.js";

const io = /** @type {typeof import("socket.io-client").io} */ (/** @type {unknown} */ (anyIo));

const ANSWER_MS = 12_000;

/** The desk said no, or nothing: `code` is the desk's, or `no_answer`, or `offline`. */
export class Refused extends Error {
  /** @param {string} code @param {string} text */
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

/**
 * @typedef {object} Ears
 * @property {() => void} connect
 * @property {(why: string) => void} disconnect
 * @property {(failure: import("./shapes.js").Failure) => void} refuse the desk will not let us in
 * @property {(message: import("./shapes.js").Message) => void} message
 * @property {(holder: import("./shapes.js").Holder) => void} holder
 * @property {(sign: {who: string}) => void} typing
 * @property {(turn: {seq: number}) => void} settled
 */

/**
 * @param {() => object} auth
 * @param {Ears} ears
 */
export function connect(auth, ears) {
  const socket = io({
    path: "/socket.io",
    auth: (/** @type {(data: object) => void} */ give) => give(auth()),
    reconnectionDelay: 600,
    reconnectionDelayMax: 5000,
    timeout: 10_000,
  });
  socket.on("connect", ears.connect);
  socket.on("disconnect", ears.disconnect);
  socket.on("connect_error", (/** @type {Error & {data?: any}} */ error) => {
    const refusal = error.data?.error ?? error.data;
    if (!socket.active) ears.refuse({ code: refusal?.code ?? "refused", text: refusal?.text ?? "" });
    else ears.disconnect("connect_error");
  });
  socket.on("message", ears.message);
  socket.on("holder", ears.holder);
  socket.on("typing", ears.typing);
  socket.on("settled", ears.settled);

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
      if (!answer?.ok) throw new Refused(answer?.error?.code ?? "refused", answer?.error?.text ?? "没有成功，请再试一次");
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
