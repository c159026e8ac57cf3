#:project ../src/Rift.Learning/Rift.Learning.csproj
#:project ../src/Rift.Models/Rift.Models.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Learning;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;

// # 9. From behaviour to reward: Rust's buses
//
// Harold Zurcher kept the buses of Madison, Wisconsin, running. Every month, for every bus, he kept the engine or replaced it. Nobody asked him why. What did he think a replacement costs?
//
// $\Psi$ of [notebook 8](08-psi.md) finds the reward of an expert whose policy is known. Here there are 4,292 decisions instead. Write (9) out, and put counts $n(s,a)$ in the place of the expert's visits $\mu^{\ast}$:
//
// $$
// \Psi = -\sum_{s,a} \mu^{\ast}(s,a) \log \hat\pi(a \mid s) + \mathrm{const}, \qquad L = \sum_{s,a} n(s,a) \log \hat\pi(a \mid s).
// $$
//
// Minimising $\Psi$ is maximising a likelihood. Ziebart called it maximum causal entropy inverse reinforcement learning (2010); Rust had done it for Zurcher (1987), with extreme-value shocks in the place of the entropy.
//
// Rust's model: the state is the mileage since the last replacement, in 90 bins of 5,000 miles. A month in bin $x$ costs $0.001 \theta_{11} x$ if the engine is kept and $RC$ if it is replaced, which starts again at
// zero; then the bus drives on by 0, 1 or 2 bins with probabilities $\theta_{30}, \theta_{31}, \theta_{32}$. The temperature is 1, which sets the unit, and the discount 0.9999. Four numbers are unknown.

const int bins = 90;
BusEngineCounts records = BusEngineCounts.Load(groups: 4);
Demonstrations seen = records.Demonstrations; // n(s, a), by how far the bus had driven

TransitionKernel Driving(int further)
{
    TransitionKernelBuilder kernel = new(bins, 2); // action 0 keeps, action 1 replaces
    for (int x = 0; x < bins; x++)
        kernel.Add(x, 0, Math.Min(x + further, bins - 1), 1).Add(x, 1, further, 1);
    return kernel.Build();
}

StateActionTable Table(Func<int, int, double> entry) => StateActionTable.Create(bins, 2, entry);
RewardFeature[] costs = [new("RC", Table((x, a) => -a)), new("theta11", Table((x, a) => -0.001 * x * (1 - a)))];
TransitionOutcome[] months = [.. Enumerable.Range(0, 3).Select(j => new TransitionOutcome($"theta3{j}", Driving(j)))];
LinearProcess Model(double discount, params RewardFeature[] reward)
{
    MarkovDecisionProcess frame = new(Driving(0), Table((x, a) => 0), initial: [1, .. new double[bins - 1]], discount);
    return new LinearProcess(frame, reward, months);
}


Console.WriteLine($"{records.Observations} months, {records.Replacements} replacements");

// ## The likelihood of one guess
//
// A guess of the four numbers makes a process; its soft optimum says how likely each decision was. That is all there is to the likelihood of the decisions. Its slope is Theorem 5.1 again, up to a factor: along a feature $h$,
// $\mathrm{d}L/\mathrm{d}h = \frac{1}{\alpha} \langle n, A_h \rangle$, the advantage of what was done over what $\hat\pi$ would have done.

SoftSolution guess = new SoftProblem(Model(0.9999, costs).At([8, 3, 0.39, 0.6]), temperature: 1).Solve();
Jacobian jacobian = new(guess.Problem.Mdp, guess.Policy);
double likelihood = seen.Counts.InnerProduct(guess.Policy.LogProbabilities), error = seen.Total * guess.Certificate.LogPolicyRadius;
Console.WriteLine($"log-likelihood {new CertifiedNumber(likelihood, error):3}");
foreach (RewardFeature cost in costs)
    Console.WriteLine($"slope along {cost.Name,-8} {seen.Counts.InnerProduct(jacobian.Advantage(cost.Values)),9:F3}");

// A higher cost of replacement and a smaller one of mileage would explain more. `MaximumLikelihood` climbs from there by Newton's method, whose Hessian is the variance of [notebook 8](08-psi.md).

RewardEstimate fit = new MaximumLikelihood().Fit(Model(0.9999, costs), seen);
PublishedEstimates paper = PublishedEstimates.Of([4], 0.9999)!;
Console.WriteLine("                estimate (error)    Rust (1987), Table IX");
foreach ((ParameterEstimate p, PublishedEstimate printed) in fit.Parameters.Zip(paper.Parameters))
    Console.WriteLine($"{p.Name,-14}  {p.Estimate,9:F4} ({p.StandardError:F4})  {printed.Estimate,9:F4} ({printed.StandardError})");
Console.WriteLine($"log-likelihood  {fit.LogLikelihood,9:F3}           {paper.LogLikelihood,9:F3}");
Console.WriteLine($"RC / (0.001 theta11) = {fit.Point[0] / (0.001 * fit.Point[1]):F0}");

// The estimates of 1987, from the same data, to the last printed digit. The errors in brackets are statistical, and large, for thirty-three replacements are few. Only ratios of costs mean anything: an engine costs
// as much as 4,394 months with 5,000 miles more on the clock. (A finite sample may have several maxima; `fit.IsGlobal` says where the one found is proved to be alone, and here it is not.)
//
// ## How far ahead did he look?
//
// The discount is not estimated; Rust fixed it. Fit the model again with others, down to a man who sees this month only. (The log-likelihood is that of the decisions; most of $-3304$ is about how far buses drive.)

double[] discounts = [0, 0.9, 0.99, 0.9999];
RewardEstimate[] fits = [.. discounts.Select(discount => new MaximumLikelihood().Fit(Model(discount, costs), seen))];
foreach ((double discount, RewardEstimate other) in discounts.Zip(fits))
    Console.WriteLine($"discount {discount,-6}  RC {other.Point[0],7:F4}  theta11 {other.Point[1],7:F4}  log-likelihood {other.LogLikelihoodOfChoices:3}");

// Two nats separate a man without a future from one with an endless one, and a fraction of a nat the last two. Costs and foresight trade against each other: the myopic Zurcher must hate mileage thirty times
// as much. Behaviour hardly tells the discount; it is an assumption, and belongs into the caption.

double Miles(double bin) => 5 * (bin + 0.5); // in thousands, the middle of a bin
FittedChoice Replaces(RewardEstimate estimate, int x)
{
    ProbabilityBand band = estimate.Probability(x, action: 1);
    return new FittedChoice(Miles(x), band.Probability, band.Lower, band.Upper);
}

ObservedChoice Share(int[] together)
{
    double replaced = together.Sum(x => seen.Counts[x, 1]), all = replaced + together.Sum(x => seen.Counts[x, 0]);
    return new ObservedChoice(Miles(together.Average()), replaced / all, all);
}

int[] all = [.. Enumerable.Range(0, bins)];
ObservedChoice[] shares = [.. all.Chunk(5).Select(Share).Where(share => share.Decisions > 0)];
ChoiceSeries Curve(int fit, ObservedChoice[] observed) => new($"discount {discounts[fit]}", [.. all.Select(x => Replaces(fits[fit], x))], observed);
ChoiceFigure.Of(
    "When is an engine replaced?", "group 4 of Rust (1987): circles are months seen, in proportion to their number; bands 95 %",
    "thousand miles since the last replacement", [Curve(3, shares), Curve(0, [])]).SaveBeside("rendered/figures/09-rusts-buses.svg");

// Blue and vermilion agree wherever there are many buses, and part where there are none: what is not identified shows as soon as one extrapolates.
//
// ## Exercises
//
// 1. Add a third cost, `level`, that is paid every month whatever is done. What does the fit say of it, and what becomes of the others?
// 2. Is mileage needed at all? Fit without $\theta_{11}$ and compare the likelihoods: twice their difference is chi-squared with one degree of freedom if it is not.
// 3. Engines at half the price: how much more often would Zurcher replace one?
//
// <details><summary>Solutions</summary>
//
// 1. Nothing can be said of it: a constant is shaping, with $F = 1/(1-\gamma)$ everywhere. The fit names the direction in which it is blind; the others stay what they were.
// 2. It is needed.
// 3. The fitted reward answers for a world that nobody has seen; that is what it is for. The rate is the discounted share of months with a replacement, $\sum_x \mu(x, \mathrm{replace})$, starting with a new engine; its error is for
// the policies as computed. Half the price does not double the replacements, it more than doubles them.

RewardEstimate blind = new MaximumLikelihood().Fit(Model(0.9999, [.. costs, new("level", Table((x, a) => -1))]), seen);
Console.WriteLine($"1. RC {blind.Point[0]:F4}, theta11 {blind.Point[1]:F4}, standard error of level: {blind.Parameters[2].StandardError}");
foreach (string line in blind.Identification.Lines) Console.WriteLine($"   {line}");

HypothesisTest test = fit.LikelihoodRatio(new MaximumLikelihood().Fit(Model(0.9999, costs[0]), seen));
Console.WriteLine($"2. {test.Name}: {test.Statistic:F2}, probability of as much by chance {test.PValue:0.0e+0}");

Counterfactual cheaper = fit.If(new Dictionary<string, double> { ["RC"] = fit.Point[0] / 2 });
(CertifiedNumber now, CertifiedNumber then) = cheaper.Rate(action: 1);
Console.WriteLine($"3. replacements a month: {now:6} now, {then:6} then, {then.Value / now.Value:F2} times as many");

// </details>
