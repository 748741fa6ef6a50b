import type { FocusEvent, KeyboardEvent } from 'react';

/** Of the graph on the screen: what keys can do to it. */
export interface Flow {
  readonly zoomIn: () => unknown;
  readonly zoomOut: () => unknown;
  readonly fitView: () => unknown;
  readonly getViewport: () => { readonly x: number; readonly y: number; readonly zoom: number };
  readonly setViewport: (viewport: { x: number; y: number; zoom: number }) => unknown;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

const middleOf = (element: Element): Spot => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
};

/** How far along the arrow one lies, and how far beside it; `null` where it lies behind. */
const ways: Readonly<Record<string, (by: Spot) => { readonly along: number; readonly beside: number }>> = {
  ArrowDown: ({ x, y }) => ({ along: y, beside: x }),
  ArrowUp: ({ x, y }) => ({ along: -y, beside: x }),
  ArrowRight: ({ x, y }) => ({ along: x, beside: y }),
  ArrowLeft: ({ x, y }) => ({ along: -x, beside: y }),
};

const nearest = (from: Element, others: readonly HTMLElement[], key: string): HTMLElement | undefined => {
  const way = ways[key];
  if (!way) return undefined;
  const here = middleOf(from);
  return others
    .flatMap((element) => {
      const there = middleOf(element);
      const { along, beside } = way({ x: there.x - here.x, y: there.y - here.y });
      return along > 4 ? [{ element, away: along + 2 * Math.abs(beside) }] : [];
    })
    .toSorted((a, b) => a.away - b.away)[0]?.element;
};

/** Arrows go from step to step, `+` and `-` zoom, `0` shows all of it. */
export const onGraphKey = (event: KeyboardEvent<HTMLElement>, flow: Flow | null): void => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
  const steps = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-step]')];
  if (event.key === '+' || event.key === '=') flow?.zoomIn();
  else if (event.key === '-') flow?.zoomOut();
  else if (event.key === '0') flow?.fitView();
  else if (event.key in ways && steps.includes(event.target)) nearest(event.target, steps, event.key)?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
};

const margin = 16;

/** Brings the step that has the focus into the part that is seen; the box itself never scrolls. */
export const onGraphFocus = (event: FocusEvent<HTMLElement>, flow: Flow | null): void => {
  const box = event.currentTarget;
  box.querySelector('.react-flow')?.scrollTo(0, 0);
  if (!flow || !(event.target instanceof HTMLElement) || event.target.dataset['step'] === undefined) return;
  // Under a pointer that is being pressed nothing moves.
  if (!event.target.matches(':focus-visible')) return;
  const seen = box.getBoundingClientRect();
  const step = event.target.getBoundingClientRect();
  const by = (start: number, end: number, from: number, to: number): number =>
    start < from + margin ? from + margin - start : end > to - margin ? to - margin - end : 0;
  const x = by(step.left, step.right, seen.left, seen.right);
  const y = by(step.top, step.bottom, seen.top, seen.bottom);
  if (x === 0 && y === 0) return;
  const { x: oldX, y: oldY, zoom } = flow.getViewport();
  flow.setViewport({ x: oldX + x, y: oldY + y, zoom });
};
