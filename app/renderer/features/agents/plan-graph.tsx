import {
  Background,
  BackgroundVariant,
  Controls,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import {
  type Icon,
  IconAdjustments,
  IconChecks,
  IconDatabaseEdit,
  IconListCheck,
  IconSparkles,
  IconTool,
} from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RunStep } from '../../../../node-core/contract/index.ts';
import { layersOf, type PlanStep } from './plan.ts';
import css from './plan-graph.module.css';

export type NodeState = RunStep['state'] | 'coming';

const width = 196;
const height = 44;
const gapX = 20;
const gapY = 32;

const icons: Readonly<Record<string, Icon>> = {
  ask: IconSparkles,
  tool: IconTool,
  rule: IconAdjustments,
  change: IconDatabaseEdit,
  review: IconChecks,
  choose: IconListCheck,
};
const kindNames: Readonly<Record<string, string>> = {
  ask: 'Model',
  tool: 'Tool',
  rule: 'Rule',
  change: 'Change',
  review: 'Review',
  choose: 'Your choice',
};
const stateNames: Readonly<Record<NodeState, string>> = {
  coming: 'not yet',
  running: 'running',
  waiting: 'waits for you',
  done: 'done',
  skipped: 'left out',
  failed: 'failed',
  cancelled: 'stopped',
};

type StepNodeType = Node<
  {
    readonly step: PlanStep;
    readonly state: NodeState | null;
    readonly chosen: boolean;
    readonly onPick: (id: string) => void;
  },
  'step'
>;

const StepNode = ({ data: { step, state, chosen, onPick } }: NodeProps<StepNodeType>) => {
  const Glyph = icons[step.kind] ?? IconAdjustments;
  return (
    <>
      <Handle type="target" position={Position.Top} className={css.handle ?? ''} isConnectable={false} />
      <button
        type="button"
        className={`${css.node} nopan`}
        data-state={state ?? undefined}
        aria-pressed={chosen}
        aria-label={`${step.title}, ${kindNames[step.kind] ?? step.kind}${state ? `, ${stateNames[state]}` : ''}`}
        title={step.title}
        data-testid="plan-node"
        onClick={() => onPick(step.id)}
      >
        <Glyph size={16} stroke={1.6} className={css.icon} aria-hidden />
        <span className={css.title}>{step.title}</span>
      </button>
      <Handle type="source" position={Position.Bottom} className={css.handle ?? ''} isConnectable={false} />
    </>
  );
};
const nodeTypes = { step: StepNode };

export interface PlanGraphProps {
  readonly plan: readonly PlanStep[];
  readonly states?: ReadonlyMap<string, NodeState>;
  readonly chosen: string | null;
  readonly onPick: (id: string) => void;
}

/** The plan from above: what comes first on top, side by side what does not wait for each other. */
export const PlanGraph = ({ plan, states, chosen, onPick }: PlanGraphProps) => {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  useEffect(() => {
    if (!box.current) return undefined;
    const sizes = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width ?? 0));
    sizes.observe(box.current);
    return () => sizes.disconnect();
  }, []);
  const layers = useMemo(() => layersOf(plan), [plan]);
  const widest = Math.max(1, ...layers.map((layer) => layer.length));
  const full = { width: widest * (width + gapX) - gapX, height: layers.length * (height + gapY) - gapY };
  const nodes = layers.flatMap((layer, row) =>
    layer.map((step, column) => ({
      id: step.id,
      type: 'step' as const,
      position: {
        x: (full.width - (layer.length * (width + gapX) - gapX)) / 2 + column * (width + gapX),
        y: row * (height + gapY),
      },
      width,
      height,
      focusable: false,
      draggable: false,
      data: { step, state: states ? (states.get(step.id) ?? 'coming') : null, chosen: step.id === chosen, onPick },
    })),
  );
  const edges = plan.flatMap((step) =>
    step.needs.map((from) => ({
      id: `${from}>${step.id}`,
      source: from,
      target: step.id,
      focusable: false,
      animated: states?.get(step.id) === 'running',
    })),
  );
  const zoom = Math.min(1, room > 0 ? (room - 24) / full.width : 1);
  return (
    <div
      ref={box}
      className={css.graph}
      style={{ height: Math.max(120, Math.min(720, full.height * Math.max(zoom, 0.5) + 32)) }}
      role="group"
      aria-label="Steps as a graph"
      data-testid="plan-graph"
    >
      {room > 0 ? (
        <ReactFlow
          key={`${plan.map(({ id }) => id).join(' ')} ${Math.round(room)}`}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          defaultViewport={{ x: (room - full.width * zoom) / 2, y: 16, zoom }}
          minZoom={0.2}
          maxZoom={1.5}
          nodesConnectable={false}
          elementsSelectable={false}
          zoomOnScroll={false}
          preventScrolling={false}
          zoomOnDoubleClick={false}
          disableKeyboardA11y
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={16} size={1} />
          <Controls showInteractive={false} />
        </ReactFlow>
      ) : null}
    </div>
  );
};
