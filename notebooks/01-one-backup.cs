#:project ../src/Rift.Mdp/Rift.Mdp.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Mdp;
using Rift.Plots;

// # 1. One backup
//
// Three actions are worth 1, 0.5 and 0. What is it worth to stand before them? Who always takes the best says 1. Who picks blindly says 0.5, the mean. The soft value is every answer in between, and one number,
// the temperature $\alpha$, says which.
//
// A soft-optimal agent maximises reward plus $\alpha$ times the entropy of its choices, equation (1) of the paper. For a single choice the solution is (12)-(14):
//
// $$
// V = \alpha \log \sum_a e^{Q(a)/\alpha}, \qquad \pi(a) = e^{(Q(a) - V)/\alpha}.
// $$
//
// A process with one state and discount 0 is one choice and nothing after it.

double[] q = [1, 0.5, 0];
MarkovDecisionProcess choice = new(
    new TransitionKernelBuilder(1, 3).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Add(0, 2, 0, 1).Build(),
    reward: new StateActionTable(1, 3, q), initial: [1], discount: 0);

// `Solve` returns $V$ with a proved bound of its error, rounding included. In `1.680270 ± 1e-6` the error covers that bound and the rounding of what is printed.

SoftSolution warm = new SoftProblem(choice, temperature: 1).Solve();
Console.WriteLine($"V by the solver   {Value(warm):12}");
Console.WriteLine($"V by the formula  {Math.Log(Math.E + Math.Exp(0.5) + 1):F12}");

CertifiedNumber Value(SoftSolution solution) => new(solution.Values[0], solution.Certificate.HalfWidth);

// 1.68 is more than the best action is worth. The surplus is the entropy that the agent is paid for: $V = \sum_a \pi(a) Q(a) + \alpha H(\pi)$, what is earned plus what choosing freely is worth. Three actions
// of equal worth would earn $\alpha \log 3$ by freedom alone; with that taken off, $V - \alpha \log 3$ is a kind of average of $Q$, and lies between its mean and its maximum:
//
// $$
// \frac13 \sum_a Q(a) \le V - \alpha \log 3 \le \max_a Q(a) \le V.
// $$
//
// The first inequality holds because the logarithm is concave (Jensen), the second because none of the three terms exceeds the largest, the last because the largest is one of them.

List<ChartPoint> average = [];
List<ChartPoint>[] probability = [[], [], []];
Console.WriteLine("temperature  V                 sum of pi Q  alpha H   V - alpha log 3   pi");
for (int i = 0; i <= 48; i++)
{
    double temperature = Math.Pow(10, -2 + (i / 12.0));
    SoftSolution solution = new SoftProblem(choice, temperature).Solve();
    CertifiedNumber mean = Value(solution) with { Value = solution.Values[0] - (temperature * Math.Log(3)) };
    average.Add(new ChartPoint(temperature, mean.Value));
    for (int a = 0; a < 3; a++) probability[a].Add(new ChartPoint(temperature, solution.Policy.Probability(0, a)));
    if (i % 12 != 0) continue;
    double earned = solution.Policy.Probabilities.InnerProduct(choice.Reward);
    string chances = string.Join(" ", probability.Select(points => $"{points[^1].Y:F4}"));
    double freedom = temperature * solution.Policy.Entropy(0);
    Console.WriteLine($"{temperature,11}  {Value(solution),-17:6} {earned,9:F6} {freedom,10:F6}   {mean,-15:6}   {chances}");
}

// Read the table downwards. Cold, the agent takes the best action and $V$ is the maximum. Hot, it picks blindly, $V - \alpha \log 3$ is the mean, and nearly all of $V$ is freedom. The temperature is measured
// in units of reward: what counts is the difference of two actions over $\alpha$, so the change happens where $\alpha$ is about as large as the differences, here between 0.1 and 1.

ChartPanel between = new("", "temperature α, in units of reward", "V − α log 3, in units of reward")
{
    Series = [new ChartSeries("V − α log 3", ChartColor.Blue, average)],
    Levels = [new ChartLevel("maximum", ChartColor.Muted, 1), new ChartLevel("mean", ChartColor.Muted, 0.5)],
    Bottom = 0.4, Top = 1.1,
};
ChartPanel chosen = new("", "temperature α, in units of reward", "probability of the action")
{
    Series =
    [
        new ChartSeries("worth 1", ChartColor.Blue, probability[0]),
        new ChartSeries("worth 0.5", ChartColor.Vermilion, probability[1]),
        new ChartSeries("worth 0", ChartColor.Green, probability[2]),
    ],
};
ChartFigure.Of(
    "The soft value lies between the mean and the maximum",
    "one choice among three actions worth 1, 0.5 and 0",
    between, chosen).SaveBeside("rendered/figures/01-one-backup.svg");

// ## Exercises
//
// 1. Compute $V$ at $\alpha = 0.001$ as the formula is written. What goes wrong, and how does one write it so that it cannot?
// 2. How does $V$ change with the temperature? Guess $\mathrm{d}V/\mathrm{d}\alpha$ from $V = \sum_a \pi(a) Q(a) + \alpha H(\pi)$, then check it by a difference at $\alpha = 0.3$.
// 3. At which temperature is the best action taken nine times in ten?
//
// <details><summary>Solutions</summary>
//
// 1. $e^{1000}$ is beyond the largest double. Take the maximum out first, $V = m + \alpha \log \sum_a e^{(Q(a) - m)/\alpha}$ with $m = \max_a Q(a)$: then no exponent is positive. Every log-sum of the library is
//    computed so.
// 2. $\mathrm{d}V/\mathrm{d}\alpha = H(\pi)$. The policy changes with $\alpha$, too, but it is the maximiser of $\sum_a \pi(a) Q(a) + \alpha H(\pi)$, so to first order its change does nothing (the envelope theorem). A
//    central difference of step $h$ is off by $\vert V''' \vert h^2/6$, here about $10^{-7}$.
// 3. With $x = e^{-1/(2\alpha)}$ the best action has probability $1/(1 + x + x^2)$, which is 0.9 where $x + x^2 = 1/9$: $x = (\sqrt{13/9} - 1)/2$ and $\alpha = -1/(2 \log x)$.

double asWritten = 0.001 * Math.Log(q.Sum(value => Math.Exp(value / 0.001)));
double shifted = 1 + (0.001 * Math.Log(q.Sum(value => Math.Exp((value - 1) / 0.001))));
Console.WriteLine($"1. as written {asWritten}, shifted {shifted}");
Policy Best(double temperature) => new SoftProblem(choice, temperature).Solve().Policy;
double At(double temperature) => new SoftProblem(choice, temperature).Solve().Values[0];
Console.WriteLine($"2. difference {(At(0.301) - At(0.299)) / 0.002:F5}, entropy {Best(0.3).Entropy(0):F5}");
double nine = -1 / (2 * Math.Log((Math.Sqrt(13.0 / 9) - 1) / 2));
Console.WriteLine($"3. temperature {nine:F6}, where the best action has probability {Best(nine).Probability(0, 0):F6}");

// </details>
