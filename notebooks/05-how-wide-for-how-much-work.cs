#:project ../src/Rift.Models/Rift.Models.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;

// # 5. How wide, for how much work
//
// After how many sweeps of value iteration is the third digit of $V$ right? And how would you know, without knowing $V$?
//
// The soft Bellman operator $T$ of (12)-(14) shrinks distances by $\gamma$, so after $k$ sweeps from 0 the error is at most $\gamma^k$ times the largest $\vert V \vert$ there can be,
// $(\max \vert r \vert + \alpha \log A)/(1-\gamma)$. At $\gamma = 0.99$ and values around 107 that promises the third digit after 640 sweeps. It is true, and it knows nothing of the process at hand. Look at what a sweep
// did instead. If it raised every state by at least $m$ and at most $M$, then (MacQueen 1966)
//
// $$
// T V + \frac{\gamma}{1-\gamma} m \le V^{\ast} \le T V + \frac{\gamma}{1-\gamma} M :
// $$
//
// the next sweep raises by at least $\gamma m$, the one after by $\gamma^2 m$, and so on. That holds for *any* $V$, wherever it came from. Here it is by hand, on a random process of 100 states.

const double Alpha = 0.1;
MarkovDecisionProcess random = Garnet.Create(states: 100, actions: 4, branching: 5, seed: 1, discount: 0.99);
MarkovDecisionProcess lake = WorldCatalog.Create("frozenlake:8x8");

SoftProblem problem = new(random, Alpha);
SoftSolution exact = problem.Solve(new SoftPolicyIteration { Tolerance = Tolerance.RoundingFloor });
double Promise(SoftProblem problem, int sweep)
{
    MarkovDecisionProcess mdp = problem.Mdp;
    double largest = mdp.Reward.MaxAbs() + (problem.Temperature * Math.Log(mdp.Actions));
    return Math.Pow(mdp.Discount, sweep) / (1 - mdp.Discount) * largest;
}

double[] values = new double[random.States];
Console.WriteLine("sweep  promised  V(0) at least  at most      half the width  true error");
double tail = random.Discount / (1 - random.Discount);
for (int sweep = 1; sweep <= 32; sweep++)
{
    double[] next = Bijection.ValuesOf(problem, random.Reward + (random.Discount * random.Kernel.Expect(values)));
    double[] change = [.. next.Zip(values, (after, before) => after - before)];
    values = next;
    double lower = values[0] + (tail * change.Min()), upper = values[0] + (tail * change.Max());
    if (sweep is not (1 or 2 or 4 or 8 or 16 or 32)) continue;
    double width = (upper - lower) / 2, error = Math.Abs(((lower + upper) / 2) - exact.Values[0]);
    Console.WriteLine($"{sweep,5}  {Promise(problem, sweep),8:F2}  {lower,13:F6}  {upper,11:F6}  {width,14:0.0e+00}  {error,10:0.0e+00}");
}

// After 16 sweeps four digits are proved, where contraction still promises nothing; after 32 the bracket is 4e-7 wide. The states exchange visitors quickly, so soon a sweep raises all of them by nearly the same amount, and that
// is what the bracket measures: not how far the values still have to go, but how differently. The midpoint is closer than proved; a bound may be pessimistic, never wrong. (This one leaves out the rounding of the
// backup itself, which the library [adds](../../docs/numerics.md#the-bracket).)
//
// Because any $V$ will do, a solver is free to get it in any way, and is judged by one number: the half-width of its last backup, rounding included (`Certificate.HalfWidth`). Three solvers, on two processes:
//
// - **value iteration** backs up, nothing else: one pass over the transitions each;
// - **modified policy iteration** follows the policy of a backup for 20 passes without improving it;
// - **soft policy iteration**, which is Newton's method, evaluates the policy by a linear solve, here by products with the chain of the policy until the residual is a hundredth; each product counts as a pass.
//
// A solver that is stopped early returns what it has, with a bracket that holds. So the curve of a solver is: stop it after 1, 2, 3, ... iterations.

List<ChartPoint> Curve(SoftProblem problem, SoftAlgorithm algorithm, Func<SoftSolution, int> passes)
{
    List<ChartPoint> points = [];
    for (int most = 1; ; most = Math.Max(most + 1, most * 5 / 4))
    {
        SoftSolution stopped = problem.Solve(algorithm with { MaxIterations = most, Tolerance = 1e-9 });
        points.Add(new ChartPoint(passes(stopped), stopped.Certificate.HalfWidth));
        if (stopped.Outcome == Outcome.Converged) return points;
    }
}

ChartPanel Panel(string title, SoftProblem problem)
{
    List<ChartPoint> sweeps = Curve(problem, new ValueIteration(), solution => solution.Iterations);
    List<ChartPoint> modified = Curve(problem, new ModifiedPolicyIteration(), solution => 1 + (22 * (solution.Iterations - 1)));
    SoftPolicyIteration byProducts = new() { Linear = LinearMethod.Krylov };
    List<ChartPoint> newton = Curve(problem, byProducts, solution => solution.Iterations + solution.Products);
    Console.WriteLine($"{title}, passes to 1e-9: value iteration {sweeps[^1].X}, modified {modified[^1].X}, soft policy {newton[^1].X}");
    return new ChartPanel(title, "passes over the transitions", "half-width of the bracket")
    {
        IsLogUpward = true,
        Series =
        [
            new ChartSeries("promised", ChartColor.Muted, [.. sweeps.Select(at => new ChartPoint(at.X, Promise(problem, (int)at.X)))]),
            new ChartSeries("value iteration", ChartColor.Blue, sweeps),
            new ChartSeries("modified", ChartColor.Green, modified),
            new ChartSeries("soft policy", ChartColor.Vermilion, newton),
        ],
    };
}

SoftProblem icy = new(lake, 0.001);
ChartPanel mixing = Panel("random, 100 states", problem), slow = Panel("frozen lake, 65 states", icy);

// On the random process nothing beats plain sweeps: the bracket closes far faster than $\gamma^k$, and who evaluates a policy carefully wastes passes on one that is about to change. On the slippery lake the holes and
// the goal never change their value, so $m \le 0 \le M$: the bracket has to wait for the values themselves, and chance carries them slowly over the ice. There the linear solves pay: once the policy has settled, every
// iteration gains two digits or more for about ten passes. `Solve()` without an algorithm looks at the process, chooses, and says so in `SoftSolution.Algorithm`.

ChartFigure.Of(
    "The bracket closes as fast as the process lets it",
    "discount 0.99; each mark is a run that was stopped, with what it had proved",
    mixing, slow).SaveBeside("rendered/figures/05-how-wide-for-how-much-work.svg");

// ## Exercises
//
// 1. Start value iteration on the random process from $V = 1000$ in every state. How many more sweeps does it take to 1e-9 than from 0? And from noise between 0 and 1000? Guess before you run it.
// 2. Both processes at discount 0.999 instead of 0.99: how many passes do value iteration and soft policy iteration need?
// 3. A colleague stops as soon as no value changes by more than 1e-4 in a sweep, and reports four decimals. How far off can that be at discount 0.99? How far is it on the lake?
//
// <details><summary>Solutions</summary>
//
// 1. None: $T(V + c) = TV + \gamma c$, so a constant moves $m$ and $M$ alike and the bracket does not see it. Noise is forgotten as fast as the process mixes: a few sweeps more.
// 2. On the random process hardly more: how fast states mix has little to do with the discount. On the lake value iteration needs five times as many, Newton's method less than twice as many.
// 3. By $\gamma/(1-\gamma) \cdot 10^{-4} \approx 0.01$: what is still to come may be a hundred times what just came. On the lake it is 0.0034, where $V$ of the start is 0.42.

SplittableRandom noise = new(1);
double[] level = [.. Enumerable.Repeat(1000.0, random.States)], rough = [.. level.Select(x => x * noise.NextDouble())];
ValueIteration plain = new() { Tolerance = 1e-9 };
int Sweeps(double[] start) => plain.Solve(problem, start: start).Iterations;
Console.WriteLine($"1. sweeps from 0: {plain.Solve(problem).Iterations}, from 1000: {Sweeps(level)}, from noise: {Sweeps(rough)}");
foreach ((string name, SoftProblem at99) in new[] { ("random", problem), ("frozen lake", icy) })
{
    SoftProblem at999 = new(at99.Mdp.WithDiscount(0.999), at99.Temperature);
    SoftSolution newton = at999.Solve(new SoftPolicyIteration { Linear = LinearMethod.Krylov, Tolerance = 1e-9 });
    Console.WriteLine($"2. {name}: value iteration {plain.Solve(at999).Iterations}, soft policy iteration {newton.Iterations + newton.Products}");
}

double[] BackUp(double[] v) => Bijection.ValuesOf(icy, lake.Reward + (lake.Discount * lake.Kernel.Expect(v)));
double[] before = new double[lake.States], after = BackUp(before);
while (Farthest(after, before) > 1e-4) (before, after) = (after, BackUp(after));
Console.WriteLine($"3. off by {Farthest(after, icy.Solve().Values.ToArray()):F4}");
double Farthest(double[] one, double[] other) => one.Zip(other, (x, y) => Math.Abs(x - y)).Max();

// </details>
