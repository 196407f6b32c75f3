import type { Express, RequestHandler } from 'express'

export type Route = { method: string; path: string; handlers: RequestHandler[] }

type Layer = {
  route?: { path: string; stack: { method: string; handle: RequestHandler }[] }
  handle: { stack?: Layer[] }
}

/** Every route of the application, found in its router. */
export function routesOf(app: Express): Route[] {
  const root = (app as unknown as { router: { stack: Layer[] } }).router.stack
  return root.flatMap(inLayer)
}

function inLayer({ route, handle }: Layer): Route[] {
  if (!route) return (handle.stack ?? []).flatMap(inLayer)
  const methods = [...new Set(route.stack.map(({ method }) => method))]
  return methods.map((method) => ({
    method: method.toUpperCase(),
    path: route.path,
    handlers: route.stack.filter((layer) => layer.method === method).map((layer) => layer.handle),
  }))
}
