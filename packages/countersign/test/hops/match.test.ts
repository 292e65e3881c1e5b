/** Which sightings of several points are one request. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Track, tracksOf } from '../../src/hops/match.ts'
import type { Sighting, SightingKeys, View } from '../../src/hops/view.ts'

const NOTHING: SightingKeys = { signature: undefined, requestId: undefined, date: undefined, method: undefined, path: undefined }
const VIEW = { shows: new Set(), request: { method: 'GET', target: '/', headers: [], body: undefined } } as unknown as View

const seen = (point: number, keys: Partial<SightingKeys>): Sighting => ({
  point,
  views: [VIEW],
  calculated: undefined,
  keys: { ...NOTHING, ...keys },
})
const shape = (tracks: readonly Track[]): readonly (readonly [readonly number[], string | undefined])[] =>
  tracks.map(({ sightings, matchedBy }) => [sightings.map(({ point }) => point), matchedBy])

test('by signature, whatever the order; what only one point saw stays alone', () => {
  const tracks = tracksOf([
    [seen(0, { signature: 'a' }), seen(0, { signature: 'b' }), seen(0, { signature: 'c' })],
    [seen(1, { signature: 'b' }), seen(1, { signature: 'a' }), seen(1, { signature: 'd' })],
  ])
  assert.deepEqual(shape(tracks), [
    [[0, 1], 'signature'],
    [[0, 1], 'signature'],
    [[0], undefined],
    [[1], undefined],
  ])
  assert.deepEqual(
    tracks[0]!.sightings.map(({ keys }) => keys.signature),
    ['a', 'a'],
  )
})

test('a request sent twice is two, in their order', () => {
  const twice = [0, 1].map((point) => [seen(point, { signature: 'a', requestId: `1${point}` }), seen(point, { signature: 'a' })])
  assert.deepEqual(shape(tracksOf(twice)), [
    [[0, 1], 'signature'],
    [[0, 1], 'signature'],
  ])
})

test('without a signature by request ID, then by date and path', () => {
  assert.deepEqual(
    shape(
      tracksOf([
        [seen(0, { signature: 'a', requestId: 'R1' }), seen(0, { signature: 'b', date: 'D', path: '/k' })],
        [seen(1, { date: 'D', path: '/k' }), seen(1, { requestId: 'R1' })],
      ]),
    ),
    [
      [[0, 1], 'request-id'],
      [[0, 1], 'date-and-path'],
    ],
  )
})

test('by order only where as many are left and nothing clashes', () => {
  const path = (point: number, ...paths: readonly string[]) => paths.map((one) => seen(point, { path: one }))
  assert.deepEqual(shape(tracksOf([path(0, '/a', '/b'), path(1, '/a', '/b')])), [
    [[0, 1], 'order'],
    [[0, 1], 'order'],
  ])
  assert.equal(tracksOf([path(0, '/a', '/b'), path(1, '/a')]).length, 3)
  assert.equal(tracksOf([path(0, '/a', '/b'), path(1, '/b', '/a')]).length, 4)
  // A path may be what changed: the only request is the only one.
  assert.equal(tracksOf([path(0, '/a'), path(1, '/b')]).length, 1)
  assert.equal(tracksOf([[seen(0, { signature: 'a' })], [seen(1, { signature: 'b' })]]).length, 2)
})

test('a hop that signs again is known by the request ID of the answer', () => {
  const tracks = tracksOf([
    [seen(0, { signature: 'a', date: 'D', requestId: 'R' })],
    [seen(1, { signature: 'b', date: 'E', requestId: 'R' })],
  ])
  assert.deepEqual(shape(tracks), [[[0, 1], 'request-id']])
})

test('thousands under one key take no longer than others', () => {
  const many = (point: number) => Array.from({ length: 20_000 }, () => seen(point, { date: 'D', path: '/k' }))
  assert.equal(tracksOf([many(0), many(1)]).length, 20_000)
})
