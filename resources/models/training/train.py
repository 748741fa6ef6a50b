"""Trains on the token files that generate.ts writes; resumes from CHECKPOINT if it is there.

    nice -n 19 /usr/bin/python3 train.py DATA_DIR CHECKPOINT [--minutes M] [--rate R]

DATA_DIR holds parts `*.tok` (uint16 tokens) and `*.idx` (uint32 triples: start, prompt length, total length), read in the order of
their names and over again; a part written while training runs is picked up when its turn comes.
"""
import argparse
import glob
import os
import time
import numpy as np
import torch
import torch.nn.functional as F
import model

parser = argparse.ArgumentParser()
parser.add_argument("data")
parser.add_argument("checkpoint")
parser.add_argument("--minutes", type=float, default=60, help="length of the whole schedule, from the first step of this run")
parser.add_argument("--rate", type=float, default=4e-3, help="AdamW rate of embeddings and norms; matrices take 5 times as much by Muon")
parser.add_argument("--batch-tokens", type=int, default=4000)
parser.add_argument("--prompt-weight", type=float, default=0.1)
parser.add_argument("--fresh-schedule", action="store_true", help="keep the weights of the checkpoint, start a new learning-rate schedule")
parser.add_argument("--drill", type=float, default=0.1, help="share of steps that drill copying, during the first half of the schedule; a fifth of that later")
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()

torch.set_num_threads(1)
torch.set_flush_denormal(True)
config = dict(model.CONFIG)
state = dict(step=0, seconds=0.0, epoch_part=0)
if os.path.exists(args.checkpoint):
    saved = torch.load(args.checkpoint, map_location="cpu")
    config, weights = saved["config"], saved["weights"]
    state = saved["state"]
    if args.fresh_schedule:
        state["seconds"] = 0.0
else:
    saved = None
    weights = model.new_weights(config, args.seed)
weights = {name: value.requires_grad_() for name, value in weights.items()}
matrices = {n: w for n, w in weights.items() if w.dim() == 2 and n != "token_embd"}
others = [w for n, w in weights.items() if n not in matrices]
optimizer = torch.optim.AdamW(others, lr=args.rate, betas=(0.9, 0.97), weight_decay=0.0)
momentum = {n: torch.zeros_like(w) for n, w in matrices.items()}
if saved:
    optimizer.load_state_dict(saved["optimizer"])
    momentum = saved["momentum"]


def orthogonal(update):
    """Nearest (semi-)orthogonal matrix by five Newton-Schulz steps: the Muon update, https://kellerjordan.github.io/posts/muon/"""
    x = update.to(torch.bfloat16)
    x = x / (x.float().norm() + 1e-7).to(torch.bfloat16)
    tall = x.shape[0] > x.shape[1]
    x = x.t() if tall else x
    for _ in range(5):
        gram = x @ x.t()
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return (x.t() if tall else x).float()


@torch.no_grad()
def muon_step(rate):
    for name, weight in matrices.items():
        moment = momentum[name].mul_(0.95).add_(weight.grad, alpha=0.05)
        blended = weight.grad.mul(0.05).add_(moment, alpha=0.95)
        parts = blended.split(config["dim"]) if name.endswith("qkv") else blended.chunk(2) if name.endswith("gate_up") else (blended,)
        update = torch.cat([orthogonal(part) * max(1.0, part.shape[0] / part.shape[1]) ** 0.5 for part in parts])
        weight.mul_(1 - rate * 0.02).add_(update, alpha=-rate)


def batches(part, seed):
    """Examples of similar length together, as many as fit the token budget; the order of batches is random but fixed by the seed."""
    tokens = np.fromfile(part + ".tok", dtype=np.uint16)
    index = np.fromfile(part + ".idx", dtype=np.uint32).reshape(-1, 3)
    random = np.random.RandomState(seed)
    order = np.argsort(index[:, 2] + random.uniform(0, 12, len(index)))
    groups, group, longest = [], [], 0
    for i in order:
        longest = max(longest, index[i, 2])
        if group and longest * (len(group) + 1) > args.batch_tokens:
            groups.append(group)
            group, longest = [], index[i, 2]
        group.append(i)
    groups.append(group)
    random.shuffle(groups)
    for group in groups:
        length = int(max(index[i, 2] for i in group))
        batch = np.zeros((len(group), length), dtype=np.int64)
        weight = np.zeros((len(group), length), dtype=np.float32)
        for row, i in enumerate(group):
            start, prompt, total = (int(v) for v in index[i])
            batch[row, :total] = tokens[start:start + total]
            weight[row, prompt - 1:total - 1] = 1.0
            if args.prompt_weight and random.rand() < 0.2:
                weight[row, :prompt - 1] = args.prompt_weight
        yield torch.from_numpy(batch), torch.from_numpy(weight)


def drill(batch, random):
    """Real tokens in random order, once and then again from a random place: to go on, one has to look up what came after. Loss on the repetition."""
    pool = batch[batch > 258]
    length = int(random.randint(40, 90))
    count = args.batch_tokens // (length * 2)
    first = pool[torch.from_numpy(random.randint(0, len(pool), (count, length)))]
    turned = torch.stack([torch.roll(row, -int(random.randint(0, length))) for row in first])
    weight = torch.zeros(count, length * 2)
    weight[:, length:-1] = 1.0
    return torch.cat((first, turned), 1), weight


def save():
    torch.save(dict(config=config, weights={n: w.detach() for n, w in weights.items()}, optimizer=optimizer.state_dict(), momentum=momentum, state=state), args.checkpoint + ".new")
    os.replace(args.checkpoint + ".new", args.checkpoint)


begun, saved_at, seen, printed = time.time(), time.time(), 0, time.time()
before, total = state["seconds"], args.minutes * 60
losses, drilled, hits, answers = [], [], 0, 0
chance = np.random.RandomState(args.seed + state['step'])
while state["seconds"] < total:
    parts = sorted(path[:-4] for path in glob.glob(os.path.join(args.data, "*.idx")))
    part = parts[state["epoch_part"] % len(parts)]
    for batch, weight in batches(part, args.seed + state["epoch_part"]):
        state["seconds"] = before + time.time() - begun
        if state["seconds"] >= total:
            break
        progress = state["seconds"] / total
        rate = args.rate * min(1.0, (state["step"] + 1) / 100) * (1.0 if progress < 0.4 else 0.04 + 0.96 * (1 - (progress - 0.4) / 0.6))
        for group in optimizer.param_groups:
            group["lr"] = rate
        drilling = chance.rand() < args.drill * (1.0 if progress < 0.5 else 0.2)
        if drilling:
            batch, weight = drill(batch, chance)
        states = model.hidden(weights, config, batch)
        flat = weight.view(-1)
        chosen = flat.nonzero().squeeze(1)
        target = torch.cat((batch[:, 1:], batch[:, :1]), 1).reshape(-1)[chosen]
        logits = model.linear(states[chosen], weights["token_embd"])
        loss = (F.cross_entropy(logits, target, reduction="none") * flat[chosen]).sum() / flat.sum()
        for weight_tensor in weights.values():
            weight_tensor.grad = None
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(weights.values()), 1.0)
        optimizer.step()
        muon_step(rate * 5)
        state["step"] += 1
        seen += batch.numel()
        with torch.no_grad():
            sure = flat[chosen] == 1.0
            right, tried = int((logits.argmax(-1)[sure] == target[sure]).sum()), int(sure.sum())
        if drilling:
            drilled.append(right / tried)
        else:
            hits, answers = hits + right, answers + tried
            losses.append(loss.item())
        if time.time() - printed > 20:
            print(f"step {state['step']} {state['seconds']:.0f}s part {os.path.basename(part)} loss {np.mean(losses):.4f} right {hits / max(1, answers):.4f} drill {np.mean(drilled or [0]):.3f} rate {rate:.5f} tokens/s {seen / (time.time() - begun):.0f}", flush=True)
            losses, drilled, hits, answers, printed = [], [], 0, 0, time.time()
        if time.time() - saved_at > 120:
            save()
            saved_at = time.time()
    else:
        state["epoch_part"] += 1
save()
print("done", state, flush=True)
