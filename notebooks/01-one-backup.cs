#:project ../src/Rift.Mdp/Rift.Mdp.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Mdp;
using Rift.Plots;

// # 1. One backup
//
// Text with $\alpha$ mathematics.
//
// $$
// V = \alpha \log \sum_a e^{Q(a)/\alpha}
// $$

double[] rewards = [1, 0.5, 0];
MarkovDecisionProcess bandit = new(new TransitionKernelBuilder(1, 3).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Add(0, 2, 0, 1).Build(), new StateActionTable(1, 3, rewards), [1], discount: 0);
foreach (double temperature in new[] { 0.01, 0.1, 1, 10 })
{
    SoftSolution solution = new SoftProblem(bandit, temperature).Solve();
    Console.WriteLine($"{temperature,6}  {new CertifiedNumber(solution.Values[0], solution.Certificate.HalfWidth):8}");
}

// Text between.

List<ChartPoint> points = [];
for (double t = 0.05; t < 3; t += 0.05) points.Add(new ChartPoint(t, new SoftProblem(bandit, t).Solve().Values[0] - (t * Math.Log(3))));
ChartPanel panel = new("", "temperature", "soft value minus α log 3") { IsLinearAcross = true, Series = [new ChartSeries("V", ChartColor.Blue, points)], Levels = [new ChartLevel("mean", ChartColor.Muted, 0.5), new ChartLevel("maximum", ChartColor.Muted, 1)], Bottom = 0.4, Top = 1 };
ChartFigure.Of("The soft value lies between the mean and the maximum", "three actions worth 1, 0.5 and 0", panel).SaveBeside("rendered/figures/01-one-backup.svg");

// ## Exercises
//
// 1. One.
//
// <details><summary>Solution</summary>
//
// Text.

Console.WriteLine(new Pair(1, 2));

// </details>

internal sealed record Pair(int A, int B);
