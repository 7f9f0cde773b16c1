//! Distributions of real numbers.

use super::Random;
use crate::text::Fault;
use std::f64::consts::{E, PI, TAU};

impl Random {
    /// `uniform(low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random()
    }

    /// `triangular(low, high, mode)`.
    pub fn triangular(&mut self, low: f64, high: f64, mode: Option<f64>) -> f64 {
        let share = self.random();
        if mode.is_some() && high == low {
            return low;
        }
        let middle = mode.map_or(0.5, |mode| (mode - low) / (high - low));
        if share > middle {
            high + (low - high) * ((1.0 - share) * (1.0 - middle)).sqrt()
        } else {
            low + (high - low) * (share * middle).sqrt()
        }
    }

    /// `normalvariate(mean, deviation)`: by A. J. Kinderman and J. F. Monahan (ACM TOMS 3, 1977).
    pub fn normalvariate(&mut self, mean: f64, deviation: f64) -> f64 {
        let magic = 4.0 * (-0.5_f64).exp() / 2_f64.sqrt();
        loop {
            let one = self.random();
            let other = 1.0 - self.random();
            let ratio = magic * (one - 0.5) / other;
            if ratio * ratio / 4.0 <= -other.ln() {
                return mean + ratio * deviation;
            }
        }
    }

    /// `gauss(mean, deviation)`: made in pairs.
    pub fn gauss(&mut self, mean: f64, deviation: f64) -> f64 {
        let number = self.next_gauss.take().unwrap_or_else(|| {
            let angle = self.random() * TAU;
            let radius = (-2.0 * (1.0 - self.random()).ln()).sqrt();
            self.next_gauss = Some(angle.sin() * radius);
            angle.cos() * radius
        });
        mean + number * deviation
    }

    /// `lognormvariate(mean, deviation)`.
    pub fn lognormvariate(&mut self, mean: f64, deviation: f64) -> f64 {
        self.normalvariate(mean, deviation).exp()
    }

    /// `expovariate(rate)`. For a rate of 0 the caller raises `ZeroDivisionError`.
    pub fn expovariate(&mut self, rate: f64) -> f64 {
        -(1.0 - self.random()).ln() / rate
    }

    /// `vonmisesvariate(mean, kappa)`, of angles: by N. I. Fisher (Statistical Analysis of Circular Data, 1993).
    pub fn vonmisesvariate(&mut self, mean: f64, kappa: f64) -> f64 {
        if kappa <= 1e-6 {
            return TAU * self.random();
        }
        let s = 0.5 / kappa;
        let r = s + (1.0 + s * s).sqrt();
        let z = loop {
            let z = (PI * self.random()).cos();
            let d = z / (r + z);
            let other = self.random();
            if other < 1.0 - d * d || other <= (1.0 - d) * d.exp() {
                break z;
            }
        };
        let q = 1.0 / r;
        let turn = ((q + z) / (1.0 + q * z)).acos();
        let angle = if self.random() > 0.5 { mean + turn } else { mean - turn };
        let angle = angle % TAU;
        if angle < 0.0 { angle + TAU } else { angle }
    }

    /// `gammavariate(alpha, beta)`: by R. C. H. Cheng (Applied Statistics 26, 1977) and, for alpha below 1, by algorithm GS of
    /// W. J. Kennedy and J. E. Gentle (Statistical Computing, 1980).
    ///
    /// # Errors
    /// If one of them is not above 0.
    pub fn gammavariate(&mut self, alpha: f64, beta: f64) -> Result<f64, Fault> {
        if alpha <= 0.0 || beta <= 0.0 {
            return Err(Fault::Value("gammavariate: alpha and beta must be > 0.0".to_owned()));
        }
        let number = if alpha > 1.0 {
            self.gamma_above_one(alpha)
        } else if alpha == 1.0 {
            -(1.0 - self.random()).ln()
        } else {
            self.gamma_below_one(alpha)
        };
        Ok(number * beta)
    }

    fn gamma_above_one(&mut self, alpha: f64) -> f64 {
        let root = (2.0 * alpha - 1.0).sqrt();
        let b = alpha - 4_f64.ln();
        let c = alpha + root;
        let magic = 1.0 + 4.5_f64.ln();
        loop {
            let one = self.random();
            if !(1e-7 < one && one < 0.999_999_9) {
                continue;
            }
            let other = 1.0 - self.random();
            let v = (one / (1.0 - one)).ln() / root;
            let x = alpha * v.exp();
            let z = one * one * other;
            let r = b + c * v - x;
            if r + magic - 4.5 * z >= 0.0 || r >= z.ln() {
                return x;
            }
        }
    }

    fn gamma_below_one(&mut self, alpha: f64) -> f64 {
        let b = (E + alpha) / E;
        loop {
            let p = b * self.random();
            let x = if p <= 1.0 { p.powf(1.0 / alpha) } else { -((b - p) / alpha).ln() };
            let other = self.random();
            let taken = if p > 1.0 { other <= x.powf(alpha - 1.0) } else { other <= (-x).exp() };
            if taken {
                return x;
            }
        }
    }

    /// `betavariate(alpha, beta)`.
    ///
    /// # Errors
    /// If one of them is not above 0.
    pub fn betavariate(&mut self, alpha: f64, beta: f64) -> Result<f64, Fault> {
        let one = self.gammavariate(alpha, 1.0)?;
        Ok(if one == 0.0 { 0.0 } else { one / (one + self.gammavariate(beta, 1.0)?) })
    }

    /// `paretovariate(alpha)`. For 0 the caller raises `ZeroDivisionError`.
    pub fn paretovariate(&mut self, alpha: f64) -> f64 {
        (1.0 - self.random()).powf(-1.0 / alpha)
    }

    /// `weibullvariate(alpha, beta)`. For a beta of 0 the caller raises `ZeroDivisionError`.
    pub fn weibullvariate(&mut self, alpha: f64, beta: f64) -> f64 {
        alpha * (-(1.0 - self.random()).ln()).powf(1.0 / beta)
    }
}
