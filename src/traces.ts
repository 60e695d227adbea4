/** Traces that are being sent. */
export interface Traces {
  /** Sends what is left. */
  close(): Promise<void>
}

/** How long the collector may take with what is left, in milliseconds. */
const PATIENCE_MS = 2000

/**
 * Begins to send traces by OTLP over HTTP, as OpenTelemetry's own variables say (OTEL_EXPORTER_OTLP_ENDPOINT,
 * OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER …). What does that is loaded here and nowhere else: without traces no start
 * waits for it.
 */
export async function openTraces({ log }: { log: (error: unknown) => void }): Promise<Traces> {
  const [api, { BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  // A collector that is away is an operator's matter, and no reason to stop.
  api.diag.setLogger(
    { ...quiet, error: (message, ...more) => log(new Error(`Traces: ${message} ${more.join(' ')}`)) },
    { logLevel: api.DiagLogLevel.ERROR, suppressOverrideMessage: true },
  )
  const own = resources.resourceFromAttributes({ 'service.name': 'parley' })
  const told = resources.detectResources({ detectors: [resources.envDetector] })
  const provider = new NodeTracerProvider({
    resource: own.merge(told),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  })
  provider.register()
  return {
    async close() {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS)
      })
      const sent = provider.forceFlush().then(() => provider.shutdown())
      await Promise.race([sent.catch(log), late])
      clearTimeout(timer)
    },
  }
}

const nothing = () => {}
const quiet = { error: nothing, warn: nothing, info: nothing, debug: nothing, verbose: nothing }
