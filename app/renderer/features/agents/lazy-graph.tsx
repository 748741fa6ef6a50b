import { late } from '../../components/index.ts';
import type { PlanGraphProps } from './plan-graph.tsx';

/** The graph, fetched on first use. */
export const LazyGraph = late<PlanGraphProps>(
  () => import('./plan-graph.tsx').then((module) => module.PlanGraph),
  () => <div style={{ height: 320 }} />,
);
