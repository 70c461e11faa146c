// The page's side of the worker: questions and their answers, and a fresh worker where one was stopped.
export class Stopped extends Error {}

export class Reader {
  #worker = null
  #waiting = new Map()
  #last = 0

  // `addresses`: of pyodide and the archive; `tell` is called with stage, done and all.
  constructor(addresses, tell) {
    this.addresses = addresses
    this.tell = tell
  }

  start() {
    if (this.#worker) return
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" })
    this.#worker = worker
    worker.onmessage = ({ data }) => {
      if (data.stage) return this.tell(data)
      const { done, fail } = this.#waiting.get(data.id)
      this.#waiting.delete(data.id)
      "error" in data ? fail(new Error(data.error)) : done(data.value)
    }
    worker.onerror = event => this.#end(new Error(event.message || "worker"))
    this.ask("start", this.addresses).catch(error => { if (worker === this.#worker) this.#end(error) })
  }

  ask(task, values = {}) {
    this.start()
    return new Promise((done, fail) => {
      const id = ++this.#last
      this.#waiting.set(id, { done, fail })
      this.#worker.postMessage({ id, task, values })
    })
  }

  // Ends what is being done. The next worker starts at once, so that the next text does not wait for it.
  stop() {
    this.#end(new Stopped())
    this.start()
  }

  #end(error) {
    this.#worker?.terminate()
    this.#worker = null
    for (const { fail } of this.#waiting.values()) fail(error)
    this.#waiting.clear()
  }
}
