#:project ../src/Rift.Learning/Rift.Learning.csproj
#:project ../src/Rift.Models/Rift.Models.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Learning;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;

// # 7. Priors, and the two omegas
//
// You have a policy that is nearly right, and one complaint about it. How do you add the complaint without forgetting the policy?
//
// Let the policy be the measure in which the log-sum is taken. In one state, with the prior $\pi_0$, a complaint $r$, a temperature $\alpha$ and a *prior scale* $c$,
//
// $$
// V = \alpha \log \sum_a \pi_0(a)^c e^{r(a)/\alpha}, \qquad \pi(a) = \pi_0(a)^c e^{(r(a) - V)/\alpha}.
// $$
//
// That is residual Q-learning, equation (5), without a future; the paper writes $\omega$ for $c$. Below, the prior's favourite action, of probability 0.7, costs 1. How often is it still taken?

Policy habit = Policy.FromProbabilities(new StateActionTable(1, 3, [0.7, 0.2, 0.1]));
MarkovDecisionProcess choice = Bandit.Create([0, 0, 0], discount: 0);
StateActionTable complaint = new(1, 3, [-1, 0, 0]);

Console.WriteLine("scale  alpha 0.1        alpha 1          alpha 10");
foreach (double scale in new[] { 0, 0.5, 1, 2 })
    Console.WriteLine($"{scale,-6} {Kept(0.1, scale),-16:6} {Kept(1, scale),-16:6} {Kept(10, scale):6}");

CertifiedNumber Kept(double alpha, double scale)
{
    SoftSolution tuned = SoftProblem.ResidualQLearning(choice, habit, complaint, alpha, scale).Solve();
    return new(tuned.Policy.Probability(0, 0), tuned.Certificate.LogPolicyRadius);
}

// Read the last column, where the complaint is small beside the temperature. Only scale 1 comes back to 0.7. Scale 0 has forgotten the prior and goes to 1/3; scale 2 sharpens it, towards
// $0.7^2/(0.7^2 + 0.2^2 + 0.1^2) = 0.91$.
//
// ## The other omega
//
// Equation (6) does not speak of a base measure. It asks for the best balance of the reward against the divergence from the prior:
//
// $$
// J_{FT}(\pi) = E \sum_t \gamma^t \Big( r(s_t, a_t) - \omega \mathrm{KL}\big(\pi(s_t) \Vert \pi_0(s_t)\big) \Big).
// $$
//
// **Theorem 4.1.** Residual Q-learning maximises (6) if its scale is **1** and its **temperature** is $\omega$. So the paper's two omegas are two knobs, and this library gives them two names: `priorScale` and
// `klWeight`. What happens to a reader who takes them for one? Let us find out on the slippery 8x8 lake, with a prior that reaches the goal one time in six, and a supervisor who complains ($r = -\phi$) about every
// action that is worth 0.03 less than the best.

Expert expert = Expert.Of(WorldCatalog.Create("frozenlake:8x8"));
MarkovDecisionProcess lake = expert.Mdp;
Policy prior = Prior.Softened(expert, temperature: 0.02, uniformShare: 0.1);
StateActionTable phi = QGapRule.Interventions(QGapRule.Gap(expert.Solution, ExpertReading.Mode), threshold: 0.03);

SoftProblem Tuning(StateActionTable reward, double temperature, double priorScale) =>
    SoftProblem.ResidualQLearning(lake, prior, reward, temperature, priorScale);
CertifiedNumber Balance(Policy policy, double omega) => Objective.FineTuning(lake, policy, prior, -phi, klWeight: omega);

Console.WriteLine("omega  V(start)         J_FT, scale 1    J_FT, scale omega");
foreach (double omega in new[] { 0.1, 0.3, 1, 3 })
{
    SoftSolution one = Tuning(-phi, temperature: omega, priorScale: 1).Solve();
    SoftSolution two = Tuning(-phi, temperature: omega, priorScale: omega).Solve();
    CertifiedNumber value = new(one.Objective, one.Certificate.HalfWidth);
    Console.WriteLine($"{omega,-6} {value:6} {Balance(one.Policy, omega):6} {Balance(two.Policy, omega):6}");
}

// The first two columns are the theorem: the soft value of the start *is* the best $J_{FT}$. The third is the reader who wrote $\omega$ twice. It agrees at $\omega = 1$, where the knobs happen to stand
// alike: a bad place to test an implementation.
//
// ## What the scale does alone
//
// In general residual Q-learning maximises
//
// $$
// E \sum_t \gamma^t \big( r - \alpha c \mathrm{KL}(\pi \Vert \pi_0) + \alpha (1 - c) H(\pi) \big).
// $$
//
// A scale below 1 pays for being random, and a scale above 1 for being predictable, whether or not anybody complains. So take the complaint away. At scale 1 the prior itself is optimal
// ([F8](../../docs/theorems/F8.md)); at any other scale it drifts, though nothing was wrong.

StateActionTable silence = StateActionTable.Constant(lake.States, lake.Actions, 0);
foreach (double scale in new[] { 0.5, 0.8, 1, 1.25, 2 })
    Console.WriteLine($"scale {scale,-4}  success {Success(Tuning(silence, temperature: 1, scale)):4}");

CertifiedNumber Success(SoftProblem problem)
{
    SoftSolution tuned = problem.Solve();
    return Arrivals(tuned.Policy, tuned.Certificate.LogPolicyRadius);
}

CertifiedNumber Arrivals(Policy policy, double radius) =>
    EpisodeEvaluation.Of(lake, policy, phi, TimeLimit.FixedHorizon, horizon: 200, radius).Success!.Value;

// The figure turns $\omega$ in three ways: as the KL weight of (6); as the factor of $\log \pi_0$ with a temperature of its own, as experiments with a tuned entropy do; and in both places.

double[] omegas = [.. Enumerable.Range(0, 49).Select(i => Math.Pow(10, -3 + (i / 12.0)))];
ChartSeries Turn(string name, ChartColor color, Func<double, (double Alpha, double C)> knobs) =>
    new(name, color, [.. omegas.Select(w => new ChartPoint(w, Success(Tuning(-phi, knobs(w).Alpha, knobs(w).C)).Value))]);
ChartPanel panel = new("", "ω, in complaints per nat", "success within 200 steps")
{
    Top = 0.6,
    Series =
    [
        Turn("KL weight: α = ω, c = 1", ChartColor.Blue, w => (w, 1)),
        Turn("factor: α = 0.01, c = ω/α", ChartColor.Green, w => (0.01, w / 0.01)),
        Turn("both: α = ω, c = ω", ChartColor.Vermilion, w => (w, w)),
    ],
    Levels = [new("prior", ChartColor.Muted, Arrivals(prior, 0).Value)],
};
ChartFigure.Of("One ω, three readings", "frozenlake:8x8, one prior, one supervisor; temperature α, prior scale c", panel)
    .SaveBeside("rendered/figures/07-priors-and-two-omegas.svg");

// Blue goes from the prior, on the right, to a policy that is never stopped, on the left, and never below the prior. Vermilion is a good policy at one point. Green is the best of all for a decade, for
// a scale above 1 happens to suit this world, and useless outside: on its left the prior is forgotten, on its right the complaint is. The curves meet where their knobs agree, at 0.01 and at 1.
//
// ## Exercises
//
// 1. Without a complaint the temperature does not matter: at scale 0.8 it may be 0.1 or 10. Why? Check it.
// 2. Theorem 4.1 says more than "maximises": a policy $\pi$ falls short by $\frac{\omega}{1-\gamma} \sum_s \rho^\pi(s) \mathrm{KL}(\pi(s) \Vert \pi_1(s))$. Check it for $\pi = \pi_0$ at $\omega = 0.1$.
// 3. Where does the vermilion curve end if $\omega$ goes to infinity? Guess the problem that it solves there, and compare.
//
// <details><summary>Solutions</summary>
//
// 1. With $r = 0$ divide the backup by $\alpha$: $U = V/\alpha$ solves $U = \log \sum_a \pi_0^c e^{\gamma E U}$, in which there is no $\alpha$, and $\log \pi = c \log \pi_0 + \gamma E U - U$.
// 2. $J_{FT}(\pi_0)$ is what the prior loses to complaints, for its divergence from itself is zero. The sum is $\Psi$ of (9) with the prior as the expert: `Objective.Imitation`.
// 3. The objective is $r + \alpha c \log \pi_0 + \alpha H$; divided by $\alpha c = \omega^2$ it becomes $E \sum_t \gamma^t \log \pi_0(a_t \mid s_t)$: the likeliest path of the prior, complaints ignored. That is a hard problem, with the reward $\log \pi_0$ at temperature 0.

SoftSolution cold = Tuning(silence, 0.1, 0.8).Solve(), hot = Tuning(silence, 10, 0.8).Solve();
double radius = cold.Certificate.LogPolicyRadius + hot.Certificate.LogPolicyRadius;
CertifiedNumber apart = new((hot.Policy.Probabilities - cold.Policy.Probabilities).MaxAbs(), radius);
Console.WriteLine($"1. largest difference of a probability: {apart:6}");

SoftSolution best = SoftProblem.FineTuning(lake, prior, -phi, klWeight: 0.1).Solve();
CertifiedNumber ofPrior = Balance(prior, 0.1);
CertifiedNumber shortfall = new(best.Objective - ofPrior.Value, best.Certificate.HalfWidth + ofPrior.ErrorBound);
CertifiedNumber psi = Objective.Imitation(Visitation.Of(lake, prior), prior, best.Policy, best.Certificate.LogPolicyRadius);
double factor = 0.1 / (1 - lake.Discount);
Console.WriteLine($"2. shortfall {shortfall:6}, by the divergence {new CertifiedNumber(factor * psi.Value, factor * psi.ErrorBound):6}");

CertifiedNumber likeliest = Success(new SoftProblem(lake.WithReward(prior.LogProbabilities), temperature: 0));
Console.WriteLine($"3. success at omega 30: {Success(Tuning(-phi, 30, 30)):4}, on the likeliest path: {likeliest:4}");

// </details>
