import type { Machine } from '../../../../node-core/contract/index.ts';
import { FaultNote, SkeletonRows, Spinner } from '../../components/index.ts';
import { formatSize, plural } from '../../days.ts';
import { useMachine } from './queries.ts';
import css from './machine-card.module.css';

const engineText = ({ variant, build }: Machine['engine']): string => {
  if (variant === 'threaded') return 'llama.cpp, built on this machine: the faster one';
  switch (build) {
    case 'building':
      return 'llama.cpp as it ships; a faster one is being built';
    case 'ready':
      return 'llama.cpp as it ships; a faster one is built and takes over once nothing runs';
    case 'failed':
      return 'llama.cpp as it ships; a faster one could not be built';
    case 'no-compiler':
      return 'llama.cpp as it ships; there is no compiler to build a faster one';
    case 'none':
      return 'llama.cpp as it ships';
  }
};

/** How much of something is taken, as a bar under its figures. */
const Share = ({ used, total, label }: { used: number; total: number; label: string }) => {
  const share = total > 0 ? Math.min(1, Math.max(0, used / total)) : 0;
  return (
    <span className={css.share} role="img" aria-label={`${label}: ${Math.round(share * 100)} % taken`}>
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
};

const Facts = ({ machine }: { machine: Machine }) => {
  const { memory, gpu, engine, disk } = machine;
  return (
    <dl className={css.facts}>
      <div>
        <dt>Processor</dt>
        <dd title={machine.cpu}>
          {plural(machine.cores, 'core')}
          <span className={css.more}>{machine.cpu}</span>
        </dd>
      </div>
      <div>
        <dt>Memory</dt>
        <dd>
          {formatSize(memory.available)} free of {formatSize(memory.total)}
          <Share used={memory.total - memory.available} total={memory.total} label="Memory" />
        </dd>
      </div>
      <div>
        <dt>Disk</dt>
        <dd title={disk.dir}>
          {formatSize(disk.free)} free
          <span className={css.more}>
            {disk.used > 0 ? `${formatSize(disk.used)} of downloaded models` : 'No model downloaded yet'}
          </span>
        </dd>
      </div>
      <div className={css.half}>
        <dt>Graphics</dt>
        <dd>
          {gpu ? (
            <>
              {gpu.name}
              <span className={css.more}>
                {gpu.backend}, {formatSize(gpu.memory.free)} free of {formatSize(gpu.memory.total)}
              </span>
            </>
          ) : (
            <>
              None used
              {machine.gpuReason ? <span className={css.more}>{machine.gpuReason}</span> : null}
            </>
          )}
        </dd>
      </div>
      <div className={css.half} data-testid="engine-variant" data-variant={engine.variant}>
        <dt>Engine</dt>
        <dd>
          <span className={css.engine}>
            {engine.build === 'building' && engine.variant === 'prebuilt' ? <Spinner size={12} /> : null}
            {engineText(engine)}
          </span>
          {engine.detail ? <span className={css.more}>{engine.detail}</span> : null}
        </dd>
      </div>
    </dl>
  );
};

/** What models run on here. */
export const MachineCard = () => {
  const { machine, error } = useMachine();
  return (
    <section className={css.card} aria-label="This machine" data-testid="machine-card">
      {machine ? (
        <Facts machine={machine} />
      ) : error ? (
        <FaultNote what="This machine can't be described." error={error} />
      ) : (
        <SkeletonRows count={3} height={40} />
      )}
    </section>
  );
};
