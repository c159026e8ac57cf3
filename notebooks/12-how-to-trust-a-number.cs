#:project ../src/Rift.Models/Rift.Models.csproj
#:project ../src/Rift.Theory/Rift.Theory.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;
using Rift.Theory;

// # 12. How to trust a number
//
// A program prints seventeen digits. How many of them are true, and how would you know?
//
// Not all. Ten actions of probability 0.1 do not sum to one in double precision; a kernel with that row is already another process. Each operation may err by one part in $2^{53}$, and a discount of $\gamma$ lets errors add
// up $1/(1-\gamma)$ times.

double row = Enumerable.Repeat(0.1, 10).Aggregate((x, y) => x + y);
Console.WriteLine($"ten times 0.1 is one: {row == 1}; what is missing: {((DoubleDouble)1 - row).ToDouble():0.0e+0}");

// ## A bracket around the truth
//
// The soft Bellman operator $T$, equations (12) to (14), is monotone, and $T(V + c) = TV + \gamma c$. So one backup of *any* $V$ shows how far the truth can be (MacQueen 1966): with $m = \min (TV - V)$ and $M = \max (TV - V)$,
//
// $$
// TV + \frac{\gamma}{1-\gamma} m \le V^{\ast} \le TV + \frac{\gamma}{1-\gamma} M.
// $$
//
// Value iteration by hand on the frozen lake, with this bracket. The truth beside it comes from a second road, dense and slow, in 31 digits (`Literal`, in double-double).

const double alpha = 0.1;
MarkovDecisionProcess lake = WorldCatalog.Create("frozenlake:4x4");
SoftProblem problem = new(lake, alpha);
DoubleDouble[] truth = Literal.Optimum(LiteralProblem.Of<DoubleDouble>(problem)).V;

double[] Backup(double[] v)
{
    StateActionTable next = lake.Kernel.Expect(v);
    double[] Q(int s) => [.. Enumerable.Range(0, lake.Actions).Where(a => lake.IsAvailable(s, a))
        .Select(a => lake.Reward[s, a] + (lake.Discount * next[s, a]))];
    double LogSum(double[] q) => q.Max() + (alpha * Math.Log(q.Sum(x => Math.Exp((x - q.Max()) / alpha))));
    return [.. Enumerable.Range(0, lake.States).Select(Q).Select(LogSum)];
}

int[] sweeps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 1200, 1300, 3000, 5000];
List<ChartPoint> byHand = [];
double[] v = new double[lake.States];
for (int k = 1; k <= sweeps[^1]; k++)
{
    double[] backup = Backup(v), change = [.. backup.Zip(v, (after, before) => after - before)];
    double factor = lake.Discount / (1 - lake.Discount), low = factor * change.Min(), high = factor * change.Max();
    v = backup;
    if (!sweeps.Contains(k)) continue;
    bool holds = v.Zip(truth, (x, exact) => x + low <= exact && exact <= x + high).All(inside => inside);
    byHand.Add(new ChartPoint(k, (high - low) / 2));
    Console.WriteLine($"after {k,4} sweeps  half-width {(high - low) / 2,7:0.0e+0}  V* inside: {holds}");
}

// The last line is the lesson. The iteration has come to rest, the bracket by hand is a point, and the point is wrong: the backup rounds, and what comes to rest is a fixed point of the rounded backup. A certificate counts
// the rounding too ([numerics](../../docs/numerics.md)), so it ends at a floor instead of zero. It is what stands behind every $\pm$ of this course.

SoftSolution solution = problem.Solve(new ValueIteration { Tolerance = Tolerance.RoundingFloor });
double error = solution.Values.ToArray().Zip(truth, (x, exact) => (x - exact).Magnitude).Max();
CertifiedNumber start = new(solution.Objective, solution.Certificate.HalfWidth);
Console.WriteLine($"V(start) = {start:10}, V* inside: {error <= start.ErrorBound}");

// ## A certificate that needs no trust
//
// Why believe the solver's floor? You need not. Hand over two functions $L$ and $U$. If $TU \le U$ and $L \le TL$ in every state, then $L \le V^{\ast} \le U$, whoever made them ([proof](../../docs/certificates.md)): one pass over the
// transitions, in outward-rounded arithmetic, and no solving. Try to cheat: pull $U$ down by a millionth in one state.

ValueEnclosure enclosure = ValueEnclosure.Of(solution, solution.Policy);
string Verdict(ValueEnclosure claimed) => claimed.Check()?.ToString() ?? "accepted";
Console.WriteLine($"honest: {Verdict(enclosure)}, and its policy is within 1e-11 of optimal: {enclosure.Width < 1e-11}");
Console.WriteLine($"cheated: {Verdict(new ValueEnclosure(problem, enclosure.Lower, [enclosure.Upper[0] - 1e-6, .. enclosure.Upper[1..]]))}");

// ## A claim of your own
//
// Theorems are numbers too, and a claim can be tested before it is proved. Say: *pay more for an action in a state, and it is taken more; so the state is visited more as well.* The first half is the convexity of
// $\Psi$ from [notebook 8](08-psi.md): $\partial \mu(s,a)/\partial r(s,a)$ is $\alpha$ times a diagonal entry of the Hessian, a variance. And the second? A `Statement` has two sides and the gap that rounding allows
// (the class is at the end of the page); the search draws small processes, climbs, and makes what it finds as small as it can.

Statement taken = new RaisedPay("the pair", (visits, s, a) => visits.Pairs[s, a]);
Statement visited = new RaisedPay("its state", (visits, s, a) => visits.States.Values[s]);
SearchReport none = new CounterexampleSearch { Seed = 1, Cases = 2000 }.Run(taken);
MarkovDecisionProcess small = new CounterexampleSearch { Seed = 1 }.Run(visited).Counterexample!.Mdp;
Console.WriteLine($"{taken.Title}: {(none.Counterexample is null ? $"no counterexample in {none.Drawn} processes" : "refuted")}");
Console.WriteLine($"{visited.Title}: refuted by an {small}");
foreach ((int s, int a) in new[] { (0, 0), (0, 1), (1, 0), (1, 1) })
    Console.WriteLine($"  state {s}, action {a}: pays {small.Reward[s, a]}, leads to state {small.Kernel.Successors(s, a).Single().State}");

// It found what a teacher would have drawn. State 0 leads to state 1 whatever one does; from there one may stay or go back. Pay for going back: it is done more, and state 1, where it is done, is visited less.
// That no counterexample to the first half was found proves nothing. Its proof does.

SoftSolution Stopped(int after) => problem.Solve(new ValueIteration { MaxIterations = after, Tolerance = Tolerance.RoundingFloor });
ChartPoint[] certified = [.. sweeps.Select(k => new ChartPoint(k, Stopped(k).Certificate.HalfWidth))];
ChartPanel panel = new("", "sweeps", "claimed half-width of V")
{
    IsLogUpward = true,
    Series = [new("certified", ChartColor.Blue, certified), new("by hand", ChartColor.Vermilion, byHand)],
    Levels = [new("rounding floor", ChartColor.Muted, solution.Certificate.Rounding)],
};
ChartFigure.Of("A bracket that forgets rounding ends up wrong", "frozenlake:4x4, temperature 0.1, discount 0.99: value iteration", panel)
    .SaveBeside("rendered/figures/12-how-to-trust-a-number.svg");

// Until the floor both tell the same. Below it the vermilion curve promises what double precision cannot keep: its last point, an error of zero, is false.
//
// ## Exercises
//
// 1. How many digits of V(start) does double precision leave at discounts 0.9, 0.99, 0.999, 0.9999? Predict, then print.
// 2. Write down an $L$ and a $U$ for the lake that the check accepts, without solving anything.
// 3. "A hotter policy is more random in every state." Believe it?
//
// <details><summary>Solutions</summary>
//
// 1. One for each nine, and some more: the errors of a backup add up $1/(1-\gamma)$ times, and are in proportion to the values, which grow as well.
// 2. $L = 0$, for no reward is negative, nor an entropy. A constant $U = c$ has $TU \le \max r + \alpha \log A + \gamma c$, so $c = (1 + \alpha \log 4)/(1 - \gamma)$ will do. Both moved outward by a little, for rounding.
// 3. The library has the claim, its refutation, and what is true instead.

SoftPolicyIteration exact = new() { Tolerance = Tolerance.RoundingFloor };
foreach (SoftSolution far in new[] { 0.9, 0.99, 0.999, 0.9999 }.Select(discount => new SoftProblem(lake.WithDiscount(discount), alpha).Solve(exact)))
    Console.WriteLine($"1. discount {far.Problem.Mdp.Discount,-6}  V(start) = {new CertifiedNumber(far.Objective, far.Certificate.HalfWidth)}");

double[] Constant(double value) => [.. Enumerable.Repeat(value, lake.States)];
Console.WriteLine($"2. {Verdict(new(problem, Constant(-1e-9), Constant(1e-9 + ((1 + (alpha * Math.Log(4))) / (1 - lake.Discount)))))}");
Rift.Theory.Claim claim = Rift.Theory.Claim.All.Single(one => one.Said.Id == "hotter-is-more-random");
Console.WriteLine($"3. {claim.Said.Title}: refuted by an {new CounterexampleSearch { Seed = 1 }.Run(claim.Said).Counterexample?.Mdp}");
Console.WriteLine($"   {claim.Instead.Title}: true");

// </details>
//
// The claim of this page as a class. `Check` computes both sides for every pair, and the bound: the visits' own errors, and how far they can move while $\log \pi$ is known up to a radius.

internal sealed class RaisedPay(string what, Func<Visitation, int, int, double> visits) : Statement
{
    public override string Id => "raised-pay";

    public override string Title => $"pay 1 more for a pair, and {what} is visited no less";

    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        List<Identity> checks = [];
        foreach ((int s, int a) in Enumerable.Range(0, mdp.States * mdp.Actions).Select(pair => Math.DivRem(pair, mdp.Actions)))
        {
            StateActionTable raised = StateActionTable.Create(mdp.States, mdp.Actions, (i, j) => mdp.Reward[i, j] + (i == s && j == a ? 1 : 0));
            SoftSolution paid = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(raised), solved.Temperature));
            Visitation before = solved.CandidateVisitation, after = Visitation.Of(mdp, paid.Policy);
            double drift = 1.01 * (solved.Candidate.Certificate.LogPolicyRadius + paid.Certificate.LogPolicyRadius) / (1 - mdp.Discount);
            checks.Add(Identity.AtMost(new(visits(before, s, a), before.PairsErrorBound + drift), new(visits(after, s, a), after.PairsErrorBound)));
        }

        return Identity.Worst(checks);
    }
}
