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
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { RunStep } from '../../../../node-core/contract/index.ts';
import { StepMark } from '../runs/step-mark.tsx';
import { type Flow, onGraphFocus, onGraphKey } from './graph-keys.ts';
import { type Cell, type PlanStep, rowsOf } from './plan.ts';
import { kindOf } from './step-kinds.ts';
import css from './plan-graph.module.css';

/**
 * Where the lines meet a step, in px of its box. Said and not measured: what is measured is forgotten with each new list of steps, and
 * until it is measured again there are no lines and none can be drawn.
 */
const placed = (across: number): Pick<Node, 'measured' | 'handles'> => ({
  measured: { width: across, height },
  handles: (['target', 'source'] as const).map((type) => ({
    type,
    position: type === 'target' ? Position.Top : Position.Bottom,
    x: across / 2 - 0.5,
    y: (type === 'target' ? 0 : height) - 0.5,
    width: 1,
    height: 1,
  })),
});

export type NodeState = RunStep['state'] | 'coming';

const width = 172;
const height = 44;
/** Of a row, for a line that passes. */
const passing = 24;
/** Smaller than this nobody reads a step; what then is wider than the box is moved to. */
const legible = 0.62;
const gapX = 16;
const gapY = 32;
/** Of the first row, for the controls. */
const above = 40;

const stateNames: Readonly<Record<NodeState, string>> = {
  coming: 'not yet',
  running: 'running',
  waiting: 'waits for you',
  done: 'done',
  skipped: 'left out',
  failed: 'failed',
  cancelled: 'stopped',
};

/** Of a step while the plan is edited. */
export type Mark = 'left' | 'wrong';
const markNames: Readonly<Record<Mark, string>> = { left: 'left out', wrong: 'has a fault' };

type StepNodeType = Node<
  {
    readonly step: PlanStep;
    readonly state: NodeState | null;
    readonly mark: Mark | null;
    readonly isEditable: boolean;
    readonly chosen: boolean;
    readonly onPick: (id: string) => void;
  },
  'step'
>;

const StepNode = ({ data: { step, state, mark, isEditable, chosen, onPick } }: NodeProps<StepNodeType>) => {
  const kind = kindOf(step.kind);
  const knob = `${css.handle} ${isEditable ? css.knob : ''}`;
  return (
    <>
      <Handle type="target" position={Position.Top} className={knob} isConnectable={isEditable} />
      <button
        type="button"
        className={`${css.node} nopan`}
        data-state={state ?? undefined}
        data-mark={mark ?? undefined}
        data-step={step.id}
        aria-pressed={chosen}
        aria-label={`${step.title}, ${kind.name}${state ? `, ${stateNames[state]}` : ''}${mark ? `, ${markNames[mark]}` : ''}`}
        title={step.title}
        data-testid="plan-node"
        onClick={() => onPick(step.id)}
      >
        {state === null || state === 'coming' ? (
          <kind.icon size={16} stroke={1.6} className={css.icon} aria-hidden />
        ) : (
          <StepMark state={state} />
        )}
        <span className={css.title}>{step.title}</span>
      </button>
      <Handle type="source" position={Position.Bottom} className={knob} isConnectable={isEditable} />
    </>
  );
};
type PassNodeType = Node<Record<string, never>, 'pass'>;

/** Where a line passes a row. */
const PassNode = () => (
  <>
    <Handle type="target" position={Position.Top} className={css.handle ?? ''} isConnectable={false} />
    <span className={css.pass} />
    <Handle type="source" position={Position.Bottom} className={css.handle ?? ''} isConnectable={false} />
  </>
);
const nodeTypes = { step: StepNode, pass: PassNode };

export interface PlanGraphProps {
  readonly plan: readonly PlanStep[];
  readonly states?: ReadonlyMap<string, NodeState>;
  readonly chosen: string | null;
  readonly onPick: (id: string) => void;
  readonly marks?: ReadonlyMap<string, Mark>;
  /** Lines can be drawn from step to step, and taken away by a press. */
  readonly editing?: {
    readonly onConnect: (from: string, to: string) => void;
    readonly onDisconnect: (from: string, to: string) => void;
    readonly canConnect: (from: string, to: string) => boolean;
  };
}

/** A line leads past rows in pieces: the steps at its two ends. */
const endsOf = (source: string, target: string): readonly [string, string] => [
  source.split('>')[0] ?? source,
  (target.split('>')[1] ?? target).split('@')[0] ?? target,
];

/** The plan from above: what comes first on top, side by side what does not wait for each other. */
export const PlanGraph = memo(({ plan, states, chosen, onPick, marks, editing }: PlanGraphProps) => {
  const box = useRef<HTMLDivElement>(null);
  const flow = useRef<Flow | null>(null);
  const [room, setRoom] = useState(0);
  useEffect(() => {
    if (!box.current) return undefined;
    const sizes = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width ?? 0));
    sizes.observe(box.current);
    return () => sizes.disconnect();
  }, []);
  const rows = useMemo(() => rowsOf(plan), [plan]);
  const widthOf = (cell: Cell): number => (cell.step ? width : passing);
  const widthsOf = (row: readonly Cell[]): number =>
    row.reduce((sum, cell) => sum + widthOf(cell), (row.length - 1) * gapX);
  const full = { width: Math.max(width, ...rows.map(widthsOf)), height: rows.length * (height + gapY) - gapY };
  const nodes = rows.flatMap((row, at): (StepNodeType | PassNodeType)[] => {
    let x = (full.width - widthsOf(row)) / 2;
    return row.map((cell) => {
      const place = {
        id: cell.id,
        position: { x, y: at * (height + gapY) },
        width: widthOf(cell),
        height,
        ...placed(widthOf(cell)),
        focusable: false,
        draggable: false,
      };
      x += widthOf(cell) + gapX;
      const { step } = cell;
      if (!step) return { ...place, type: 'pass', data: {} };
      const state = states ? (states.get(step.id) ?? 'coming') : null;
      return {
        ...place,
        type: 'step',
        data: {
          step,
          state,
          mark: marks?.get(step.id) ?? null,
          isEditable: editing !== undefined,
          chosen: step.id === chosen,
          onPick,
        },
      };
    });
  });
  const edges = rows.flat().flatMap((cell) =>
    cell.from.map((from) => ({
      id: `${from}>${cell.id}`,
      source: from,
      target: cell.id,
      focusable: false,
      animated: states?.get(cell.id) === 'running',
    })),
  );
  const zoom = Math.max(legible, Math.min(1, room > 0 ? (room - 24) / full.width : 1));
  const left = (room - full.width * zoom) / 2;
  // A plan of another shape is seen whole again.
  useEffect(() => void flow.current?.setViewport({ x: left, y: above, zoom }), [left, zoom, full.height]);
  return (
    <div
      ref={box}
      className={css.graph}
      data-editing={editing ? true : undefined}
      style={{ height: Math.max(120, Math.min(states ? 1_600 : 720, full.height * Math.max(zoom, 0.5) + above + 16)) }}
      role="group"
      aria-label="Steps as a graph"
      data-testid="plan-graph"
      onKeyDown={(event) => onGraphKey(event, flow.current)}
      onFocus={(event) => onGraphFocus(event, flow.current)}
    >
      {room > 0 ? (
        <ReactFlow
          key={Math.round(room)}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          onInit={(instance) => {
            flow.current = instance;
          }}
          defaultViewport={{ x: left, y: above, zoom }}
          minZoom={0.2}
          maxZoom={1.5}
          nodesConnectable={editing !== undefined}
          connectionRadius={28}
          {...(editing
            ? {
                isValidConnection: ({ source, target }) => editing.canConnect(source, target),
                // Also where it can't be: what it would be is said.
                onConnectEnd: (_, { fromHandle, toNode, fromNode }) => {
                  if (!fromHandle || !fromNode || toNode?.type !== 'step') return;
                  if (fromHandle.type === 'source') editing.onConnect(fromNode.id, toNode.id);
                  else editing.onConnect(toNode.id, fromNode.id);
                },
                onEdgeClick: (_, { source, target }) => editing.onDisconnect(...endsOf(source, target)),
              }
            : {})}
          elementsSelectable={false}
          zoomOnScroll={false}
          preventScrolling={false}
          zoomOnDoubleClick={false}
          disableKeyboardA11y
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={16} size={1} />
          <Controls showInteractive={false} position="top-right" />
        </ReactFlow>
      ) : null}
    </div>
  );
});
